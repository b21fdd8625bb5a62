package dev.belay.cli;

import static dev.belay.cli.Ran.belay;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of a command line; {@code killtest.ExplainIT} explains programs. */
class ExplainCommandTest {

    @ParameterizedTest
    @CsvSource({
        "explain -- python x.py, found the command python",
        "explain -- /opt/jdk/bin/javac X.java, found the command /opt/jdk/bin/javac",
        "explain -- java, found java alone",
        "explain java, found java alone"
    })
    void what_cannot_be_explained_is_one_line_and_64(String arguments, String message) {
        Ran ran = belay((Object[]) arguments.split(" "));
        assertThat(ran.exitCode()).isEqualTo(64);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err().lines()).singleElement().asString().startsWith("belay: " + message);
    }

    @Test
    void without_a_command_the_usage_is_shown() {
        Ran ran = belay("explain", "--json");
        assertThat(ran.exitCode()).isEqualTo(64);
        assertThat(ran.err()).contains("COMMAND", "Usage: java -jar belay.jar explain");
        assertThat(belay("explain", "--steps", "x", "--", "java", "Main").err()).contains("--steps");
    }

    @ParameterizedTest
    @CsvSource({"--timeout,90,'found --timeout 90, expected'", "--steps,0,'found --steps 0, expected'"})
    void values_that_cannot_be_read_say_what_is_expected(String option, String value, String message) {
        Ran ran = belay("explain", option, value, "--", "java", "Main");
        assertThat(ran.exitCode()).isEqualTo(64);
        assertThat(ran.err()).contains(message);
    }

    @Test
    void help_says_what_is_done_and_the_exit_codes() {
        assertThat(belay("explain", "--help").out().replaceAll("\\s+", " "))
                .contains(
                        "up to its first steps",
                        "--options",
                        "--show-output",
                        "--all",
                        "--json",
                        "--timeout",
                        "--steps")
                .contains("0 it can be saved, 5 it would be refused");
    }
}
