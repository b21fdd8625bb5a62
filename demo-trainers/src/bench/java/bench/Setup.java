package bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Where things are and how much is measured.
 *
 * @param root directory of the parent POM
 * @param quick whether only the benchmarks themselves are tried, in seconds; the figures mean little
 * @param seed of the data and of the order in which things are measured
 * @param megabytes size of the state that is captured, written and read, in MiB
 */
record Setup(Path root, boolean quick, int seed, int megabytes) {

    /** Returns a generator of the seed that is the same for each purpose in each run. */
    Random random(String purpose) {
        return new Random(31L * seed + purpose.hashCode());
    }

    /** Returns the number of rounds to measure. */
    int rounds(int wanted) {
        return quick ? Math.min(wanted, 3) : wanted;
    }

    Path agent() {
        return root.resolve("agent/target/belay.jar");
    }

    /** Returns the directory that raw output and all that is written for a measurement goes to. */
    Path output() {
        return root.resolve("target/bench");
    }

    /** Returns a directory that is empty and ours. */
    Path fresh(String name) throws IOException {
        Path directory = output().resolve(name);
        delete(directory);
        return Files.createDirectories(directory);
    }

    static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> walk = Files.walk(directory)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path p : all) {
            Files.delete(p);
        }
    }

    Path trainerClasses() {
        return root.resolve("demo-trainers/target/classes");
    }

    /** Returns the class path of the trainers that use DJL. */
    String trainerClassPath() {
        try {
            return trainerClasses() + ":"
                    + Files.readString(root.resolve("demo-trainers/target/classpath.txt"))
                            .strip();
        } catch (IOException e) {
            throw new UncheckedIOException("build the trainers first: ./mvnw -DskipTests package", e);
        }
    }
}
