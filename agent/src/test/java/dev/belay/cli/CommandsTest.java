package dev.belay.cli;

import static dev.belay.cli.Ran.belay;
import static dev.belay.cli.Ran.flipBit;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.engine.Option;
import dev.belay.store.StoreProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {

    static final List<String> PLANNED = PlannedCommand.NAMES;

    @TempDir
    private Path home;

    private Path output;

    @BeforeEach
    void save_three_checkpoints() throws IOException, StoreProblem {
        output = home.resolve("checkpoints").resolve("Toy");
        SavedRun run = new SavedRun(output);
        run.save(100);
        run.save(200);
        run.begin();
        run.save(300);
    }

    @Test
    void json_has_the_same_facts() throws IOException {
        assertThat(belay("ls", "--json", output).out())
                .contains("\"name\" : \"checkpoint-300\"", "\"latest\" : true", "\"seq\" : 5", "\"parent\" : 3")
                .contains("\"created\" : \"2026-11-23T16:00:00Z\"");
        assertThat(belay("show", "--json", output).out())
                .contains(
                        "\"method\" : \"demo.Toy.main\"",
                        "\"line\" : 42",
                        "\"step\" : \"300\"",
                        "\"not_finite\" : 1",
                        "\"nan\" : 1",
                        "\"infinite\" : 0");
        assertThat(belay("verify", "--json", output).out()).contains("\"intact\" : true", "\"damages\" : [ ]");
        flipBit(output.resolve("checkpoint-300/manifest.json"), 20);
        assertThat(belay("ls", "--json", output).out()).contains("\"step\" : null", "\"attempt\" : null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ls", "show", "verify"})
    void where_nothing_is_a_command_exits_with_4_and_one_line(String command) throws IOException {
        Ran none = belay(command, home.resolve("none"));
        assertThat(none.exitCode()).isEqualTo(4);
        assertThat(none.err()).matches("belay: found no directory .*none; .*\n");
        Path empty = Files.createDirectory(home.resolve("empty"));
        assertThat(belay(command, empty).exitCode()).isEqualTo(4);
        Ran above = belay(command, output.getParent());
        assertThat(above.exitCode()).isEqualTo(4);
        assertThat(above.err()).matches("belay: found no checkpoint in .*; did you mean .*Toy\\?\n");
        assertThat(above.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lss", "ls", "ls a b", "verify --jsn x", "--nothing"})
    void usage_errors_exit_with_64(String arguments) {
        Ran ran = belay((Object[]) arguments.split(" "));
        assertThat(ran.exitCode()).isEqualTo(64);
        assertThat(ran.err()).isNotBlank().doesNotContain("\tat ");
        assertThat(ran.out()).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("PLANNED")
    void a_command_that_is_not_built_yet_says_so(String command) {
        Ran ran = belay(command, "--some", "thing");
        assertThat(ran.exitCode()).isEqualTo(64);
        assertThat(ran.err())
                .isEqualTo("belay: " + command + " is not built yet; --help lists the commands that there are\n");
    }

    @Test
    void help_of_the_top_level_has_the_agents_options_and_how_to_use_it() {
        Ran ran = belay("--help");
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).contains("java -javaagent:belay.jar=key=value,key=value -jar trainer.jar");
        for (Option option : Option.values()) {
            assertThat(ran.out().replaceAll("\\s+", " "))
                    .contains(" " + option.key() + " " + option.meaning())
                    .contains("Takes " + option.accepted() + ". Default: " + option.standard() + ".");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ls", "show", "diff", "verify", "export", "forget", "doctor", "explain"})
    void every_command_has_help_and_version(String command) {
        Ran help = belay(command, "--help");
        assertThat(help.exitCode()).isZero();
        assertThat(help.out())
                .startsWith("Usage: java -jar belay.jar " + command)
                .contains("--json")
                .contains("Exit codes:");
        Ran version = belay(command, "--version");
        assertThat(version.exitCode()).isZero();
        assertThat(version.out())
                .startsWith("belay ")
                .isEqualTo(belay("--version").out());
    }
}
