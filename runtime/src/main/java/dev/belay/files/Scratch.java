package dev.belay.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Where goes what the program writes again before the saved position is reached. */
final class Scratch {

    private Path directory;
    private final Map<Path, Path> realOf = new HashMap<>();

    /** Returns a file to write to in place of another one; {@code absent} if it must not exist. */
    Path instead(Path real, boolean absent) throws IOException {
        if (directory == null) {
            directory = Places.real(Files.createTempDirectory("belay-"));
            Runtime.getRuntime().addShutdownHook(new Thread(this::delete, "belay-scratch"));
        }
        Path file = directory.resolve(Integer.toString(realOf.size()));
        realOf.put(file, real);
        return absent ? file : Files.createFile(file);
    }

    /** Returns a copy of a content to read and write in place of another file. */
    Path copy(Path content, Path real) throws IOException {
        return Files.copy(content, instead(real, true));
    }

    /** Returns the file that a scratch file stands for, or null. */
    Path real(Path scratch) {
        return realOf.get(scratch);
    }

    /** Deletes what is there; streams that are open on it stay so. */
    synchronized void delete() {
        try {
            for (Path file : realOf.keySet()) {
                Files.deleteIfExists(file);
            }
            if (directory != null) {
                Files.deleteIfExists(directory);
            }
        } catch (IOException e) {
            return; // a few small files stay in the temporary directory, which the system empties
        }
    }
}
