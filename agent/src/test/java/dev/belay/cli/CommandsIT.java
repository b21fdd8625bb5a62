package dev.belay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.store.StoreProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged commands in a JVM of their own: relocated libraries work, and nothing but an answer is printed. */
class CommandsIT {

    private record Ran(int exitCode, String out, String err) {}

    @TempDir
    private Path home;

    private Ran belay(String... arguments) throws IOException, InterruptedException {
        Path out = home.resolve("out");
        Path err = home.resolve("err");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (Runtime.version().feature() >= 24) {
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

    @Test
    void a_checkpoint_is_listed_shown_and_verified_by_the_packaged_file()
            throws IOException, InterruptedException, StoreProblem {
        Path output = home.resolve("Toy");
        new SavedRun(output).save(100);
        for (String command : List.of("ls", "show", "verify")) {
            Ran ran = belay(command, output.toString());
            assertThat(ran.err()).isEmpty();
            assertThat(ran.exitCode()).isZero();
            assertThat(ran.out()).contains("checkpoint-100");
        }
        assertThat(belay("show", output.toString()).out()).contains("weights = double[5000]");
        assertThat(belay("show", "--json", output.toString()).out()).startsWith("{\n  \"name\" : \"checkpoint-100\"");
    }

    @Test
    void it_knows_its_version() throws IOException, InterruptedException {
        Ran ran = belay("--version");
        assertThat(ran.out()).matches("belay [0-9]+\\.[0-9]+\\.[0-9]+\\S*\\R");
        assertThat(ran.err()).isEmpty();
    }

    @Test
    void a_mistake_is_one_line_and_an_exit_code() throws IOException, InterruptedException {
        Ran ran = belay("ls", home.resolve("nothing").toString());
        assertThat(ran.exitCode()).isEqualTo(4);
        assertThat(ran.err().lines()).singleElement().asString().startsWith("belay: found no directory");
        assertThat(ran.out()).isEmpty();
    }
}
