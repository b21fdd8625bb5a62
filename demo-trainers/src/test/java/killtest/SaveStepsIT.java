package killtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The example that people know from the Hugging Face Trainer, with its numbers; and save_steps as a share of all steps. */
class SaveStepsIT {

    private static final int USAGE = 64;
    private static final int INCOMPATIBLE = 5;
    private static final List<Long> EPOCHS =
            LongStream.rangeClosed(1, 10).map(e -> 203 * e).boxed().toList();

    @TempDir
    Path scratch;

    private enum Program {
        FITTING("", Built.testProgramClassPath() + ":" + Built.trainerClassPath()),
        PLAIN_FITTING("step=killtest.program.PlainFitting#step", Built.testProgramClassPath());

        private final String step;
        private final String classPath;

        Program(String step, String classPath) {
            this.step = step;
            this.classPath = classPath;
        }

        private Command command() {
            return new Command(
                    Jdks.one(),
                    List.of("-Dai.djl.offline=true"),
                    classPath,
                    "killtest.program." + (this == FITTING ? "Fitting" : "PlainFitting"),
                    List.of(),
                    Map.of("OMP_NUM_THREADS", "1"));
        }

        private Command belay(String... options) {
            String all = String.join(",", options);
            return command().belay(step.isEmpty() ? all : step + "," + all);
        }
    }

    private Outcome run(Program program, String... options) {
        return Fork.run(program.belay(options), scratch.resolve("run"));
    }

    @ParameterizedTest
    @EnumSource(Program.class)
    void saves_every_500_steps_and_at_the_end(Program program) {
        Outcome plain = Fork.run(program.command(), scratch.resolve("plain"));
        Outcome outcome = run(program, "save_strategy=steps", "save_total_limit=none");
        assertThat(outcome.finalLine()).isEqualTo(plain.finalLine());
        assertThat(outcome.committed()).containsExactly(500L, 1000L, 1500L, 2000L, 2030L);
    }

    @ParameterizedTest
    @EnumSource(Program.class)
    void saves_at_the_end_of_each_epoch(Program program) {
        Outcome outcome = run(program, "save_strategy=epoch", "save_total_limit=none");
        assertThat(outcome.exit()).as("%s", outcome).isZero();
        // the final checkpoint stands for the one of the same step before
        assertThat(outcome.committed().stream().distinct()).containsExactlyElementsOf(EPOCHS);
    }

    @ParameterizedTest
    @EnumSource(Program.class)
    void a_share_of_all_steps_is_rounded_up(Program program) {
        Outcome outcome = run(program, "save_strategy=steps", "save_steps=0.25", "save_total_limit=none");
        assertThat(outcome.committed()).containsExactly(508L, 1016L, 1524L, 2030L);
        assertThat(outcome.belayLines("INFO")).anyMatch(l -> l.contains("save_steps=0.25 of 2030 steps is every 508"));
    }

    @Test
    void a_share_is_the_same_after_a_resume() {
        Outcome first = run(Program.PLAIN_FITTING, "save_strategy=steps", "save_steps=0.25", "save_total_limit=none");
        assertThat(first.committed()).contains(1016L);
        Path checkpoint = scratch.resolve("run/checkpoints/PlainFitting/checkpoint-1016");

        Outcome resumed = run(
                Program.PLAIN_FITTING,
                "save_strategy=steps",
                "save_steps=0.25",
                "save_total_limit=none",
                "resume_from_checkpoint=" + checkpoint);

        assertThat(resumed.resumedAt()).isEqualTo(OptionalLong.of(1016));
        assertThat(resumed.finalLine()).isEqualTo(first.finalLine());
        assertThat(resumed.committed()).containsExactly(1524L, 2030L);
    }

    @Test
    void what_was_due_before_the_first_epoch_told_the_number_of_steps_is_saved_at_its_end() {
        Outcome outcome = run(Program.FITTING, "save_strategy=steps", "save_steps=.05", "save_total_limit=none");
        assertThat(outcome.committed()).startsWith(203L).endsWith(2030L);
    }

    @Test
    void a_share_is_refused_at_the_first_step_where_no_limit_is_known() {
        Command endless = new Command(
                Jdks.one(),
                List.of(),
                Built.testProgramClassPath(),
                "killtest.program.Converging",
                List.of(),
                Map.of());
        String step = "step=killtest.program.Converging#step";
        Outcome warned =
                Fork.run(endless.belay(step, "save_strategy=steps", "save_steps=0.5"), scratch.resolve("warn"));
        assertThat(warned.exit()).as("%s", warned).isZero();
        assertThat(warned.committed()).isEmpty();
        assertThat(warned.belayLines("WARN"))
                .singleElement()
                .asString()
                .contains("REFUSED save_steps=0.5", "the number of all steps", "killtest.program.Converging#main line");

        Fork.run(
                        endless.belay(step, "save_strategy=steps", "save_steps=0.5", "on_unsupported=exit"),
                        scratch.resolve("exit"))
                .assertEndedWith(INCOMPATIBLE, "REFUSED save_steps=0.5");
    }

    @Test
    void no_share_and_no_whole_number_is_no_value() {
        for (String value : List.of("500.5", "1.5", "0", "0.0", "1.0", "-0.5")) {
            run(Program.PLAIN_FITTING, "save_strategy=steps", "save_steps=" + value)
                    .assertEndedWith(USAGE, "save_steps=" + value);
        }
    }
}
