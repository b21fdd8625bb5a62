package dev.belay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.store.StoreProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The packaged commands in a JVM of their own: relocated libraries work, and nothing but an answer is printed. */
class CommandsIT {

    private record Ran(int exitCode, String out, String err) {}

    @TempDir
    private Path home;

    /** The JDKs that {@code TEST_JDKS} names, else the one that runs the tests. */
    static List<Path> jdks() {
        String named = System.getenv().getOrDefault("TEST_JDKS", System.getProperty("java.home"));
        return Stream.of(named.split("[,:]"))
                .filter(h -> !h.isBlank())
                .map(h -> Path.of(h.strip()))
                .toList();
    }

    private static boolean warnsOfUnsafe(Path jdk) throws IOException {
        String version = Files.readString(jdk.resolve("release")).replaceAll("(?s).*JAVA_VERSION=\"([0-9]+).*", "$1");
        return Integer.parseInt(version) >= 24;
    }

    private Ran belay(Path jdk, String... arguments) throws IOException, InterruptedException {
        Path out = home.resolve("out");
        Path err = home.resolve("err");
        List<String> command = new ArrayList<>();
        command.add(jdk.resolve("bin/java").toString());
        if (warnsOfUnsafe(jdk)) {
            command.add("--sun-misc-unsafe-memory-access=deny");
            command.add("--illegal-native-access=deny");
        }
        command.addAll(
                List.of("-jar", Path.of("target", "belay.jar").toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        int exitCode = builder.start().waitFor();
        return new Ran(exitCode, Files.readString(out), Files.readString(err));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void a_checkpoint_is_listed_shown_and_verified_by_the_packaged_file(Path jdk)
            throws IOException, InterruptedException, StoreProblem {
        Path output = home.resolve("Toy");
        new SavedRun(output).save(100);
        for (String command : List.of("ls", "show", "verify")) {
            Ran ran = belay(jdk, command, output.toString());
            assertThat(ran.err()).isEmpty();
            assertThat(ran.exitCode()).isZero();
            assertThat(ran.out()).contains("checkpoint-100");
        }
        assertThat(belay(jdk, "show", output.toString()).out()).contains("weights = double[5000]");
        assertThat(belay(jdk, "show", "--json", output.toString()).out())
                .startsWith("{\n  \"name\" : \"checkpoint-100\"");
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void what_is_found_as_a_service_and_what_is_written_is_there_in_the_packaged_file(Path jdk)
            throws IOException, InterruptedException, StoreProblem {
        Path output = home.resolve("Toy");
        new SavedRun(output).save(100);
        Ran doctor = belay(jdk, "doctor", output.toString());
        assertThat(doctor.err()).isEmpty();
        assertThat(doctor.exitCode()).isZero();
        assertThat(doctor.out()).contains("checkpoint-100").containsPattern("save_steps +500 +by default");
        assertThat(belay(jdk, "diff", output.toString(), output.toString()).out())
                .endsWith(": identical\n");
        Ran export = belay(
                jdk,
                "export",
                "--to",
                "npz",
                output.toString(),
                home.resolve("out-" + jdk.getFileName()).toString());
        assertThat(export.err()).isEmpty();
        assertThat(export.out()).contains("model.npz");
        assertThat(belay(jdk, "generate-completion").out()).contains("_complete_belay");
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void a_report_is_written_by_the_packaged_file(Path jdk) throws IOException, InterruptedException, StoreProblem {
        Path output = home.resolve("Toy");
        new SavedRun(output).save(100);
        Path page = home.resolve("page.html");
        Ran ran = belay(jdk, "report", output.toString(), "--out", page.toString());
        assertThat(ran.err()).isEmpty();
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).isEqualTo(page + "\n");
        assertThat(page)
                .content()
                .startsWith("<!DOCTYPE html>")
                .contains("checkpoint-100")
                .endsWith("</html>\n");
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void it_knows_its_version(Path jdk) throws IOException, InterruptedException {
        Ran ran = belay(jdk, "--version");
        assertThat(ran.out()).matches("belay [0-9]+\\.[0-9]+\\.[0-9]+\\S*\\R");
        assertThat(ran.err()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void a_mistake_is_one_line_and_an_exit_code(Path jdk) throws IOException, InterruptedException {
        Ran ran = belay(jdk, "ls", home.resolve("nothing").toString());
        assertThat(ran.exitCode()).isEqualTo(4);
        assertThat(ran.err().lines()).singleElement().asString().startsWith("belay: found no directory");
        assertThat(ran.out()).isEmpty();
    }
}
