package killtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import killtest.observer.Hold;
import killtest.observer.Stage;
import killtest.observer.StageMap;
import killtest.observer.Wish;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two attempts at once on one output_dir: whatever the first one was doing when the second began, one goes on. */
class FencingIT {

    private static final Trainer TRAINER = Trainer.PLAIN_SOFTMAX;
    private static final Command COMMAND = TRAINER.command(Jdks.one());
    private static final int FENCED = 75;
    private static final String STEP = "step=demo.PlainSoftmax#step";

    /** In all of these the paused attempt has a commit still before it. */
    private static final List<Stage> STAGES = List.of(
            Stage.START_UP,
            Stage.FIRST_STEP,
            Stage.STEP,
            Stage.CAPTURE,
            Stage.WRITE,
            Stage.COMMIT,
            Stage.LOG,
            Stage.VALIDATION,
            Stage.DELETE,
            Stage.LAST_STEP);

    private static String undisturbed;

    @TempDir
    Path scratch;

    @BeforeAll
    static void run_undisturbed(@TempDir Path plain) {
        undisturbed = Fork.run(COMMAND, plain.resolve("run")).finalLine();
    }

    private record Attempt(Fork fork, StageMap map) {

        static Attempt start(Path directory, Kill pause, String... options) {
            Path file = ObservedLife.freshMap(directory);
            Wish wish = new Wish(pause.stage(), pause.occurrence(), pause.hold(), Trainer.JOB);
            Command command = COMMAND.with(ObserverJar.flag(file, wish)).belay(options);
            return new Attempt(Fork.start(command, directory), ObservedLife.open(file));
        }

        void awaitHit() {
            await(map::hit);
            assertThat(map.hit()).as("the stage was reached: %s", fork.stderr()).isTrue();
        }

        /** Waits for a condition, or for the end of the process. */
        void await(BooleanSupplier condition) {
            while (fork.alive() && !condition.getAsBoolean()) {
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    @RepeatedTest(20)
    void exactly_one_goes_on_and_nothing_is_lost(RepetitionInfo round) {
        Random random = Seed.random("fencing " + round.getCurrentRepetition());
        Path directory = scratch.resolve("run");
        Kill firstPause = pause(STAGES.get((round.getCurrentRepetition() - 1) % STAGES.size()), random);
        Kill secondPause = pauseAfterItBegan(STAGES.get(random.nextInt(STAGES.size())), random);
        System.out.println("first is held in " + firstPause + ", second in " + secondPause);

        Attempt first = Attempt.start(directory, firstPause, TRAINER.options());
        first.awaitHit();
        Attempt second = Attempt.start(directory, secondPause, TRAINER.options());
        second.await(second.map()::hit); // a stage that comes no more after the resume is no pause
        first.map().release();
        first.await(() -> first.map().exited(Stage.START_UP) > 0); // now both have begun
        LockSupport.parkNanos(1_000_000L * random.nextInt(300));
        second.map().release();
        Outcome a = first.fork().await();
        Outcome b = second.fork().await();

        List<Outcome> both = List.of(a, b);
        assertThat(both.stream().filter(o -> o.exit() == 0))
                .as("attempts that went on: %s\n%s", a, b)
                .hasSize(1);
        both.forEach(o -> {
            assertThat(o.belayLines("WARN")).as("warnings of %s", o).isEmpty();
            if (o.exit() == 0) {
                assertThat(o.finalLine()).isEqualTo(undisturbed);
            } else {
                o.assertEndedWith(FENCED, "FENCED", "output_dir");
            }
        });
        BelayCommand.verify(TRAINER.output(directory)).assertIntact();
        assertThat(Fork.run(COMMAND.belay(TRAINER.options()), directory).resumedAt())
                .hasValue(Trainer.STEPS);
    }

    @Test
    void one_that_was_fenced_in_its_last_write_does_not_end_as_if_all_were_well() {
        Path directory = scratch.resolve("run");
        Attempt first = Attempt.start(
                directory, new Kill(Stage.WRITE, 1, Hold.ENTRY, 0), STEP, "save_steps=1000", "trial_save=false");
        first.awaitHit();
        Outcome second = Fork.run(COMMAND.belay(STEP, "save_steps=1000"), directory);
        first.map().release();

        assertThat(second.finalLine()).isEqualTo(undisturbed);
        first.fork().await().assertEndedWith(FENCED, "FENCED", "output_dir");
        BelayCommand.verify(TRAINER.output(directory)).assertIntact();
    }

    private static Kill pause(Stage stage, Random random) {
        Kill kill = Kill.draw(stage, random);
        return new Kill(stage, kill.occurrence(), kill.hold() == Hold.NONE ? Hold.ENTRY : kill.hold(), 0);
    }

    /** The second attempt must be in the log when the first goes on; else it would only come after it. */
    private static Kill pauseAfterItBegan(Stage stage, Random random) {
        Kill kill = pause(stage, random);
        long occurrence = stage == Stage.LOG ? kill.occurrence() + 1 : kill.occurrence();
        return new Kill(stage, occurrence, stage == Stage.START_UP ? Hold.EXIT : kill.hold(), 0);
    }
}
