package dev.belay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VerdictTest {

    private static final List<String> OUTPUT =
            List.of("[belay 2026-11-23T16:00:01Z] ERROR found lop; write loop", "bye");

    private static ExplainedRun run(int exitCode, Object... pairs) {
        Map<String, Object> report = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            report.put((String) pairs[i], pairs[i + 1]);
        }
        return new ExplainedRun(Optional.of(report), exitCode, OUTPUT);
    }

    private static Map<String, Object> loop(String kind, boolean onPath, Object... loops) {
        return Map.of("kind", kind, "method", "a.B#" + kind, "line", 7L, "on_path", onPath, "loops", List.of(loops));
    }

    @Test
    void a_savable_program_is_saved_at_the_step_loop_that_it_stands_in() {
        Verdict verdict = Verdict.of(run(
                42,
                "outcome",
                "savable",
                "loops",
                List.of(loop("step", false), loop("epoch", true, loop("step", true)))));
        assertThat(verdict.exitCode()).isZero();
        assertThat(verdict.text()).isEqualTo("Belay can save and resume this program at a.B#step line 7");
    }

    @Test
    void a_refusal_is_told_by_its_first_text() {
        Verdict verdict = Verdict.of(
                run(42, "outcome", "refused", "refusals", List.of(Map.of("text", "x: y; do z"), Map.of("text", "b"))));
        assertThat(verdict.exitCode()).isEqualTo(5);
        assertThat(verdict.text()).isEqualTo("This program would be refused at its first step: x: y; do z");
    }

    @Test
    void a_program_that_ends_early_is_told_by_what_was_known_then() {
        assertThat(Verdict.of(run(3, "outcome", "ended")).exitCode()).isEqualTo(1);
        assertThat(Verdict.of(run(3, "outcome", "ended")).text()).contains("failed by itself with exit code 3");
        assertThat(Verdict.of(run(0, "outcome", "ended")).outcome()).isEqualTo("no_loop");
        assertThat(Verdict.of(run(0, "outcome", "ended", "checkpoint", Map.of(), "steps", 2L))
                        .text())
                .endsWith("(it ended after 2 steps)");
        assertThat(Verdict.of(run(0, "outcome", "ended", "refusals", List.of(Map.of("text", "t"))))
                        .outcome())
                .isEqualTo("refused");
        assertThat(Verdict.of(run(137, "outcome", "running")).text()).contains("exit code 137 in mid-run");
    }

    @Test
    void a_timeout_is_savable_only_if_a_trial_passed() {
        assertThat(Verdict.of(run(42, "outcome", "timeout", "checkpoint", Map.of(), "steps", 1L)))
                .isEqualTo(new Verdict(
                        "savable",
                        "Belay can save and resume this program at its first steps (it made 1 step in the time)",
                        0));
        Verdict none = Verdict.of(run(42, "outcome", "timeout"));
        assertThat(none.exitCode()).isEqualTo(5);
        assertThat(none.text()).contains("--timeout", "step=", "loop=");
    }

    @Test
    void a_program_that_was_not_begun_is_told_with_the_agents_reason_and_exit_code() {
        Verdict refused = Verdict.of(new ExplainedRun(Optional.empty(), 64, OUTPUT));
        assertThat(refused)
                .isEqualTo(new Verdict("failed", "Belay does not begin this program: found lop; write loop", 64));
        Verdict missing = Verdict.of(new ExplainedRun(Optional.empty(), 1, List.of("Error: no class")));
        assertThat(missing.exitCode()).isEqualTo(1);
        assertThat(missing.report(new ExplainedRun(Optional.empty(), 1, List.of("Error: no class"))))
                .containsEntry("exit_code", 1)
                .containsEntry("output", List.of("Error: no class"));
    }
}
