package killtest;

import java.nio.file.Files;
import java.nio.file.Path;

/** What the build made and these tests run. */
final class Built {

    private Built() {}

    /** Returns the module's build directory. */
    static Path target() {
        return Path.of("target").toAbsolutePath();
    }

    /** Returns the one file that users take. */
    static Path belayJar() {
        return existing(Path.of(System.getProperty("killtest.belay", "../agent/target/belay.jar")));
    }

    /** Returns the class path of the demo trainers, without anything that only tests need. */
    static String trainerClassPath() {
        try {
            return target().resolve("classes") + ":" + Files.readString(target().resolve("classpath.txt")).strip();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Returns the class path of the programs that only these tests run. */
    static String testProgramClassPath() {
        return target().resolve("test-classes").toString();
    }

    private static Path existing(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        if (!Files.isRegularFile(absolute)) {
            throw new IllegalStateException("found no " + absolute + "; build it first: ./mvnw package");
        }
        return absolute;
    }
}
