package dev.belay.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** A file that holds one JSON object of maps, lists, strings, numbers, booleans and null. */
public final class JsonFile {

    private JsonFile() {}

    /** Writes it; a reader finds all of it or what was there before. */
    public static void write(Path file, Map<String, ?> object) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(part, Json.write(object) + "\n", StandardCharsets.UTF_8);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** @throws IOException also if the file holds something else */
    public static Map<String, Object> read(Path file) throws IOException {
        try {
            return Json.read(Files.readAllBytes(file));
        } catch (Damage e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }
}
