package killtest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The JDKs that forked programs run on: those of {@code TEST_JDKS}, else the one that runs the tests. */
final class Jdks {

    private Jdks() {}

    /** Returns the homes to test with. */
    static List<Path> all() {
        String named = System.getProperty("killtest.jdks", System.getenv().getOrDefault("TEST_JDKS", ""));
        List<Path> homes = Arrays.stream(named.split("[,:]"))
                .filter(h -> !h.isBlank())
                .map(h -> Path.of(h.strip()))
                .toList();
        for (Path home : homes) {
            if (!Files.isExecutable(home.resolve("bin/java"))) {
                throw new IllegalArgumentException("TEST_JDKS names " + home + ", which holds no bin/java");
            }
        }
        return homes.isEmpty() ? List.of(own()) : homes;
    }

    /** Returns the JDK for tests that need only one. */
    static Path one() {
        return all().get(0);
    }

    /** Returns the JDKs for tests that are repeated on each: all in CI or with {@code -Dkilltest.full=true}, else one. */
    static List<Path> matrix() {
        boolean full = Boolean.getBoolean("killtest.full") || "true".equals(System.getenv("CI"));
        return full ? all() : List.of(one());
    }

    private static Path own() {
        return Path.of(System.getProperty("java.home"));
    }

    /** Returns the feature release of a JDK. */
    static int feature(Path home) {
        try {
            for (String line : Files.readAllLines(home.resolve("release"))) {
                if (line.startsWith("JAVA_VERSION=")) {
                    return Runtime.Version.parse(
                                    line.substring(line.indexOf('=') + 1).replace("\"", ""))
                            .feature();
                }
            }
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        throw new IllegalStateException(home + "/release names no JAVA_VERSION");
    }
}
