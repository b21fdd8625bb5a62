package killtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The status in the title of a real pseudo terminal, and what is left of the program's own lines. */
class StatusTitleIT {

    private static final String TITLE = "\u001b\\]2;belay: step [ -~]*\u0007";
    private static final String KEEP = "\u001b[22;2t";
    private static final String RESTORE = "\u001b[23;2t";
    private static final String[] OPTIONS = {
        "step=killtest.program.Dots#step", "save_strategy=steps", "save_steps=150", "log=warn"
    };

    @TempDir
    Path scratch;

    private static Command dots() {
        return new Command(
                Jdks.one(), List.of(), Built.testProgramClassPath(), "killtest.program.Dots", List.of(), Map.of());
    }

    /** Runs a command with a pseudo terminal as its stdout and stderr; returns what the terminal got. */
    private String inTerminal(Command command, String terminal, String directory) {
        String line = command.line().stream().map(w -> "'" + w + "'").collect(Collectors.joining(" "));
        Outcome outcome = Fork.run(
                List.of("script", "-qec", line, "/dev/null"), Map.of("TERM", terminal), scratch.resolve(directory));
        assertThat(outcome.exit()).as("%s", outcome).isZero();
        return outcome.stdout();
    }

    private static String withoutTitle(String text) {
        return text.replaceAll(TITLE, "").replace(KEEP, "").replace(RESTORE, "");
    }

    @Test
    void the_title_tells_the_step_and_the_program_s_lines_are_whole() {
        String plain = inTerminal(dots(), "xterm-256color", "plain");

        String titled = inTerminal(dots().belay(OPTIONS), "xterm-256color", "titled");

        assertThat(plain).contains("oeoeoe").doesNotContain("\u001b");
        assertThat(withoutTitle(titled)).isEqualTo(plain);
        assertThat(titled).containsPattern(TITLE).containsPattern("step \\d+, [0-9.]+ steps/s, saved 150\u0007");
        assertThat(titled.indexOf(KEEP)).isEqualTo(titled.indexOf("\u001b")).isEqualTo(titled.lastIndexOf(KEEP));
        assertThat(titled.lastIndexOf(RESTORE)).isEqualTo(titled.lastIndexOf("\u001b"));
    }

    @Test
    void a_terminal_without_a_title_or_an_option_that_says_so_gets_none() {
        String plain = inTerminal(dots(), "xterm", "plain");
        assertThat(inTerminal(dots().belay(OPTIONS), "dumb", "dumb")).isEqualTo(plain);
        String[] off = {OPTIONS[0], OPTIONS[1], OPTIONS[2], OPTIONS[3], "status=off"};
        assertThat(inTerminal(dots().belay(off), "xterm", "off")).isEqualTo(plain);
    }

    @Test
    void where_stderr_is_redirected_there_is_none() {
        Outcome plain = Fork.run(dots().environment("TERM", "xterm"), scratch.resolve("plain"));
        Outcome outcome = Fork.run(dots().environment("TERM", "xterm").belay(OPTIONS), scratch.resolve("run"));
        assertThat(outcome.stdout()).isEqualTo(plain.stdout());
        assertThat(outcome.stderr()).isEqualTo(plain.stderr());
    }
}
