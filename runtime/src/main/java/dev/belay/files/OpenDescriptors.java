package dev.belay.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The files that the process has open for writing, as Linux tells it; none elsewhere. */
final class OpenDescriptors {

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final Path FLAGS = Path.of("/proc/self/fdinfo");
    private static final int STDERR = 2;

    private OpenDescriptors() {}

    /**
     * Returns files by the numbers of their descriptors.
     *
     * @param wanted files to look at: most of those that are open are the class path's
     */
    static Map<Integer, Path> writable(Predicate<Path> wanted) throws IOException {
        Map<Integer, Path> files = new TreeMap<>();
        if (Files.isDirectory(DESCRIPTORS)) {
            List<Path> links = new ArrayList<>();
            try (Stream<Path> all = Files.list(DESCRIPTORS)) {
                all.forEach(links::add);
            }
            for (Path link : links) {
                int number = Integer.parseInt(link.getFileName().toString());
                Optional<Path> file = number > STDERR ? target(link) : Optional.empty();
                if (file.filter(wanted).isPresent() && isWritable(number)) {
                    files.put(number, file.get());
                }
            }
        }
        return files;
    }

    private static Optional<Path> target(Path link) {
        try {
            return Optional.of(Files.readSymbolicLink(link));
        } catch (IOException e) {
            return Optional.empty(); // closed meanwhile
        }
    }

    private static boolean isWritable(int number) {
        try {
            return Files.readAllLines(FLAGS.resolve(Integer.toString(number))).stream()
                    .filter(l -> l.startsWith("flags:"))
                    .map(l -> Long.parseLong(l.substring("flags:".length()).strip(), 8))
                    .anyMatch(f -> (f & 3) != 0);
        } catch (IOException e) {
            return false; // closed meanwhile: the system says so in more ways than one
        }
    }
}
