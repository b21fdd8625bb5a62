package killtest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.stream.Stream;

/** What the build made and these tests run. */
final class Built {

    private static final Path PROGRAMS = programs();

    private Built() {}

    /** Returns the module's build directory. */
    static Path target() {
        return Path.of("target").toAbsolutePath();
    }

    /** Returns what this JVM builds for its tests: several run at once, each with some of the tests. */
    static Path own() {
        return target().resolve("killtest")
                .resolve(Long.toString(ProcessHandle.current().pid()));
    }

    /** Returns the one file that users take. */
    static Path belayJar() {
        return existing(Path.of(System.getProperty("killtest.belay", "../agent/target/belay.jar")));
    }

    /** Returns the class path of the demo trainers, without anything that only tests need. */
    static String trainerClassPath() {
        try {
            return target().resolve("classes") + ":"
                    + Files.readString(target().resolve("classpath.txt")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the class path of the programs that only these tests run; no other class of the tests is on it. */
    static String testProgramClassPath() {
        return PROGRAMS.toString();
    }

    /** Returns the jar on the class path of the tests that holds a file. */
    static String jarOf(String file) {
        URL url = Objects.requireNonNull(Built.class.getClassLoader().getResource(file), file);
        String path = url.getPath(); // file:/the/jar!/file
        return Path.of(URI.create(path.substring(0, path.indexOf('!')))).toString();
    }

    private static Path programs() {
        Path directory = own().resolve("programs");
        Path from = target().resolve("test-classes");
        try (Stream<Path> all = Files.list(from.resolve("killtest/program"))) {
            for (Path file : all.toList()) {
                Path to = directory.resolve(from.relativize(file).toString());
                Files.createDirectories(to.getParent());
                Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING);
            }
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path existing(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        if (!Files.isRegularFile(absolute)) {
            throw new IllegalStateException("found no " + absolute + "; build it first: ./mvnw package");
        }
        return absolute;
    }
}
