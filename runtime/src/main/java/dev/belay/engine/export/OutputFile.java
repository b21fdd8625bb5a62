package dev.belay.engine.export;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A file that appears under its name when it is complete and durable, and never replaces another one. */
final class OutputFile {

    private static final int BUFFER_BYTES = 1 << 16;

    /** Writes what the file holds. */
    @FunctionalInterface
    interface Content {
        void writeTo(OutputStream out) throws IOException, NotExportable;
    }

    private OutputFile() {}

    static Path write(Path directory, String name, Content content) throws IOException, NotExportable {
        Path file = directory.resolve(name);
        if (Files.exists(file)) {
            throw new NotExportable("found " + file + ", expected nothing of that name; choose another directory, or"
                    + " delete it first");
        }
        Path part = directory.resolve(name + ".part");
        Files.createDirectories(directory);
        try (FileChannel channel = FileChannel.open(
                        part,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING);
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES)) {
            content.writeTo(out);
            out.flush();
            channel.force(true);
        } catch (IOException | NotExportable e) {
            Files.deleteIfExists(part);
            throw e;
        }
        return Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
