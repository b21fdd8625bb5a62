package dev.belay.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Temporary directories, deleted with all that is in them. */
public final class ScratchDirectory {

    private ScratchDirectory() {}

    /** Makes one where the JVM's temporary files go. */
    public static Path create() throws IOException {
        return Files.createTempDirectory("belay-");
    }

    /** Deletes one that {@link #create} made; one that is gone is no error. */
    public static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> walk = Files.walk(directory)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : all) {
            Files.deleteIfExists(each);
        }
    }
}
