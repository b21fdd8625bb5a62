package killtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import killtest.observer.Hold;
import killtest.observer.Stage;
import killtest.observer.Wish;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A checkpoint that comes due while another is written is taken in the validation pass after, and resumes there. */
class CaptureInValidationIT {

    /** No step waits for the writer: it is held from step 5 into the validation after step 10. */
    private static final Wish.Job JOB = new Wish.Job(Trainer.STEPS, Long.MAX_VALUE, 0);

    @TempDir
    Path scratch;

    @ParameterizedTest
    @EnumSource(names = {"DIGITS_MLP", "DIGITS_CNN"})
    void it_is_served_between_two_batches_of_the_validation(Trainer trainer) {
        Command command = trainer.command(Jdks.one());
        String undisturbed = Fork.run(command, scratch.resolve("plain")).finalLine();
        Path directory = scratch.resolve("run");
        Path map = ObservedLife.freshMap(directory);
        Wish wish = new Wish(Stage.WRITE, 1, Hold.UNTIL_VALIDATION, JOB);

        Outcome outcome = Fork.run(
                command.with(ObserverJar.flag(map, wish))
                        .belay(trainer.options("trial_save=false", "save_total_limit=none")),
                directory);

        assertThat(outcome.finalLine()).isEqualTo(undisturbed);
        assertThat(outcome.belayLines("WARN")).as("%s", outcome).isEmpty();
        assertThat(outcome.committed()).startsWith(5L, 10L);
        Path served = trainer.output(directory).resolve("checkpoint-10");
        trainer.takeCsv(directory, scratch.resolve("resumed"));
        Outcome resumed = Fork.run(
                command.belay(trainer.options("resume_from_checkpoint=" + served)), scratch.resolve("resumed"));
        assertThat(resumed.finalLine()).isEqualTo(undisturbed);
        assertThat(resumed.resumedAt()).hasValue(10);
        assertThat(resumed.stderr())
                .as("a position in the validation")
                .containsPattern("resumed .*([vV]alidate|[eE]valuate)");
    }
}
