package dev.belay.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Names of files that are the same in every life: real paths; in a checkpoint relative to the working directory. */
final class Places {

    private static final Path WORKING_DIRECTORY = real(Path.of("").toAbsolutePath());

    private Places() {}

    /** Returns the one name of a file, whether it exists or not. */
    static Path real(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        try {
            if (Files.exists(absolute)) {
                return absolute.toRealPath();
            }
            Path parent = absolute.getParent();
            return parent != null && Files.exists(parent)
                    ? parent.toRealPath().resolve(absolute.getFileName())
                    : absolute;
        } catch (IOException e) {
            return absolute; // it went away, or may not be read: so be it
        }
    }

    static String text(Path real) {
        return (real.startsWith(WORKING_DIRECTORY) ? WORKING_DIRECTORY.relativize(real) : real).toString();
    }

    static Path parse(String text) {
        return real(WORKING_DIRECTORY.resolve(text));
    }
}
