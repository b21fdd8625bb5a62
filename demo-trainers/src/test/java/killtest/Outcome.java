package killtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a process left behind: exit code and everything it printed. */
record Outcome(int exit, String stdout, String stderr, List<String> line) {

    private static final int LINES_SHOWN = 12;
    private static final Pattern FINAL = Pattern.compile("(?m)^FINAL [0-9a-f]{64}$");
    private static final Pattern RESUMED =
            Pattern.compile("INFO resumed checkpoint-(\\d+) at .*, step (\\d+), at most");
    private static final Pattern COMMITTED = Pattern.compile("INFO checkpoint-(\\d+) committed ");

    /** Asserts success and returns the last line, which holds the digest of everything the program computed. */
    String finalLine() {
        assertThat(exit).as("exit code of %s", this).isZero();
        Matcher m = FINAL.matcher(stdout);
        assertThat(m.find()).as("a FINAL line in %s", this).isTrue();
        String last = m.group();
        assertThat(m.find()).as("a second FINAL line in %s", this).isFalse();
        assertThat(stdout.strip()).as("the last line").endsWith(last);
        return last;
    }

    /** Returns the step that this life was resumed at; empty if it was not. */
    OptionalLong resumedAt() {
        Matcher m = RESUMED.matcher(stderr);
        if (!m.find()) {
            return OptionalLong.empty();
        }
        assertThat(m.group(1)).as("checkpoint and step of the resume line").isEqualTo(m.group(2));
        return OptionalLong.of(Long.parseLong(m.group(2)));
    }

    /** Returns the steps whose checkpoints this life committed, in their order. */
    List<Long> committed() {
        return COMMITTED
                .matcher(stderr)
                .results()
                .map(r -> Long.valueOf(r.group(1)))
                .toList();
    }

    /** Returns Belay's lines of a level. */
    List<String> belayLines(String level) {
        return stderr.lines()
                .filter(l -> l.startsWith("[belay ") && l.contains("] " + level + " "))
                .toList();
    }

    /** Returns stderr without Belay's INFO lines. */
    String stderrOfProgram() {
        StringBuilder rest = new StringBuilder();
        stderr.lines()
                .filter(l -> !l.matches("\\[belay \\S+Z] INFO .*"))
                .forEach(l -> rest.append(l).append('\n'));
        return rest.toString();
    }

    /** Asserts that the process ended with a code, and said why in exactly one line that holds all the words. */
    void assertEndedWith(int code, String... words) {
        assertThat(exit).as("exit code of %s", this).isEqualTo(code);
        assertThat(belayLines("ERROR")).as("error lines of %s", this).hasSize(1);
        assertThat(belayLines("ERROR").get(0)).contains(words);
        assertThat(stderr).as("no stack trace").doesNotContain("\tat ").doesNotContain("Exception in thread");
    }

    @Override
    public String toString() {
        int classPath = line.indexOf("-cp") + 1;
        String command = line.stream()
                .filter(w -> classPath == 0 || !w.equals(line.get(classPath)))
                .collect(Collectors.joining(" "));
        return command + "\nexit " + exit + "\nstdout:\n" + end(stdout) + "\nstderr:\n" + end(stderr);
    }

    private static String end(String text) {
        List<String> lines = text.lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()));
    }
}
