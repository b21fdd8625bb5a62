package killtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import killtest.observer.Hold;
import killtest.observer.Stage;
import killtest.observer.StageMap;
import killtest.observer.Wish;

/** Brings a job to a known place: some steps done, a known newest checkpoint, then SIGKILL. */
final class Halted {

    private Halted() {}

    /** Runs until the checkpoint of a step is committed, keeps the program from going on, and kills it there. */
    static Outcome after(Trainer trainer, Command command, Path directory, long step, String... belay) {
        return after(command, directory, step, Trainer.JOB, trainer.options(belay));
    }

    /** The same for any program and any options. */
    static Outcome after(Command command, Path directory, long step, Wish.Job job, String... belay) {
        Path file = ObservedLife.freshMap(directory);
        StageMap map = ObservedLife.open(file);
        Wish wish = new Wish(Stage.STEP, step + 2, Hold.ENTRY, job);
        String wanted = "checkpoint-" + step + " committed ";
        try (Fork fork = Fork.start(command.with(ObserverJar.flag(file, wish)).belay(belay), directory)) {
            while (fork.alive()
                    && !(map.hit() && !map.writing() && fork.stderr().contains(wanted))) {
                LockSupport.parkNanos(2_000_000);
            }
            Outcome outcome = fork.kill();
            assertThat(outcome.stderr()).as("%s", outcome).contains(wanted);
            assertThat(outcome.exit()).isEqualTo(Fork.KILLED);
            return outcome;
        }
    }
}
