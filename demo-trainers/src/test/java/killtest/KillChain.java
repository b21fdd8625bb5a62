package killtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import killtest.observer.Stage;

/** One job that is killed again and again, each time in another stage, until it is left to end. */
final class KillChain {

    /** A kill that missed its stage is repeated that often at most. */
    private static final int ATTEMPTS = 12;

    private final Trainer trainer;
    private final Command command;
    private final Path directory;
    private final Random random;
    private final List<ObservedLife> counted = new ArrayList<>();
    private int resumedAboveZero;
    private int boundsAsserted;
    private ObservedLife before;

    KillChain(Trainer trainer, Command command, Path directory, Random random) {
        this.trainer = trainer;
        this.command = command;
        this.directory = directory;
        this.random = random;
    }

    /** Kills in every stage once, and returns the life that ended by itself. */
    Outcome run() {
        List<Stage> middle = new ArrayList<>(List.of(
                Stage.START_UP,
                Stage.FIRST_STEP,
                Stage.CAPTURE,
                Stage.WRITE,
                Stage.COMMIT,
                Stage.LOG,
                Stage.VALIDATION,
                Stage.DELETE));
        Collections.shuffle(middle, random);
        killIn(Stage.STEP); // first, so that there are checkpoints
        middle.forEach(this::killIn);
        List.of(Stage.LAST_STEP, Stage.RESULT, Stage.SHUTDOWN).forEach(this::killIn);
        Outcome last = Fork.run(command.belay(trainer.options()), directory);
        account(last);
        return last;
    }

    /** Returns the kills that hit their stage. */
    int kills() {
        return counted.size();
    }

    /** Returns the lives that went on from a checkpoint. */
    int resumedAboveZero() {
        return resumedAboveZero;
    }

    /** Returns how many times the bound on lost steps applied, and held. */
    int boundsAsserted() {
        return boundsAsserted;
    }

    private void killIn(Stage stage) {
        for (int i = 0; i < ATTEMPTS; i++) {
            Kill kill = Kill.draw(stage, random);
            ObservedLife life = ObservedLife.run(command, directory, kill, Trainer.JOB, trainer.options());
            assertThat(life.reached()).as("the stage was reached: %s", life).isTrue();
            account(life.outcome());
            before = life;
            if (life.killedWhereWanted()) {
                counted.add(life);
                System.out.println("killed at " + kill + ", step " + life.map().jobStep() + ", resumed at "
                        + life.outcome().resumedAt());
                return;
            }
            System.out.println("missed " + kill);
        }
        throw new AssertionError("no kill hit " + stage + " in " + ATTEMPTS + " lives");
    }

    private void account(Outcome outcome) {
        assertThat(outcome.belayLines("WARN")).as("warnings of %s", outcome).isEmpty();
        assertThat(outcome.belayLines("ERROR")).as("errors of %s", outcome).isEmpty();
        OptionalLong step = outcome.resumedAt();
        if (step.isEmpty()) {
            return;
        }
        resumedAboveZero += step.getAsLong() > 0 ? 1 : 0;
        assertThat(outcome.stderr()).contains("at most " + (2 * Trainer.SAVE_STEPS - 1) + " steps lost");
        // A life that was killed before its resume noted no steps of the job.
        if (before != null && before.map().jobStep() > 0) {
            long lost = before.map().jobStep() - step.getAsLong();
            assertThat(lost)
                    .as("steps lost between %s\nand %s", before, outcome)
                    .isBetween(0L, 2L * Trainer.SAVE_STEPS - 1);
            boundsAsserted++;
        }
    }
}
