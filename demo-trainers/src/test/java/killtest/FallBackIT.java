package killtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Going back to checkpoint-500 although there is a checkpoint-1000, and coming to step 1000 once more. */
class FallBackIT {

    private static final Trainer TRAINER = Trainer.PLAIN_SOFTMAX;
    private static final Command COMMAND =
            TRAINER.command(Jdks.one()).arguments("epochs=110", "batch=25", "samples=250", "features=64");
    private static final String[] OPTIONS = {"step=demo.PlainSoftmax#step", "save_strategy=steps", "save_steps=500"};

    @TempDir
    Path scratch;

    private Path output() {
        return TRAINER.output(scratch.resolve("run"));
    }

    private Outcome resume(String resume) {
        String[] options = List.of(OPTIONS[0], OPTIONS[1], OPTIONS[2], "resume_from_checkpoint=" + resume)
                .toArray(String[]::new);
        return Fork.run(COMMAND.belay(options), scratch.resolve("run"));
    }

    private void killAfter1000() {
        Halted.after(COMMAND, scratch.resolve("run"), 1000, new killtest.observer.Wish.Job(1100, 500, 0), OPTIONS);
    }

    private String undisturbed() {
        return Fork.run(COMMAND, scratch.resolve("plain")).finalLine();
    }

    @Test
    void after_damage_the_new_one_takes_the_name_and_the_damaged_one_stays() {
        killAfter1000();
        Damage.flipBit(output().resolve("checkpoint-1000/model.safetensors"), 77_777);

        Outcome outcome = resume("auto");

        assertThat(outcome.finalLine()).isEqualTo(undisturbed());
        assertThat(outcome.resumedAt()).hasValue(500);
        assertThat(outcome.committed()).containsExactly(1000L, 1100L);
        assertThat(Tree.names(output())).anyMatch(n -> n.startsWith("damaged-1000."));
        BelayCommand.verify(output().resolve("checkpoint-1000")).assertIntact();
    }

    @Test
    void by_choice_the_new_one_takes_the_name_and_the_older_one_is_superseded() {
        killAfter1000();

        Outcome outcome = resume(output().resolve("checkpoint-500").toString());

        assertThat(outcome.finalLine()).isEqualTo(undisturbed());
        assertThat(outcome.resumedAt()).hasValue(500);
        assertThat(outcome.committed()).containsExactly(1000L, 1100L);
        assertThat(Tree.names(output())).anyMatch(n -> n.startsWith("superseded-1000."));
        BelayCommand.verify(output()).assertIntact();
    }

    @Test
    void a_checkpoint_copied_elsewhere_verifies_and_resumes() {
        killAfter1000();
        Path elsewhere = Tree.copy(
                output().resolve("checkpoint-1000"),
                scratch.resolve("elsewhere").resolve("mine"));
        BelayCommand.verify(elsewhere).assertIntact();

        String[] options = List.of(OPTIONS[0], OPTIONS[1], OPTIONS[2], "resume_from_checkpoint=" + elsewhere)
                .toArray(String[]::new);
        TRAINER.takeCsv(scratch.resolve("run"), scratch.resolve("another"));
        Outcome outcome = Fork.run(COMMAND.belay(options), scratch.resolve("another"));

        assertThat(outcome.finalLine()).isEqualTo(undisturbed());
        assertThat(outcome.resumedAt()).hasValue(1000);
    }
}
