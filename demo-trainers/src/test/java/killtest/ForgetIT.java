package killtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import killtest.observer.Hold;
import killtest.observer.Stage;
import killtest.observer.StageMap;
import killtest.observer.Wish;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code forget} beside a program that runs, after it was killed, and before it goes on. */
class ForgetIT {

    private static final Trainer TRAINER = Trainer.PLAIN_SOFTMAX;
    private static final long STEP = 75;

    @TempDir
    Path scratch;

    private Outcome forget(String... rules) {
        List<String> words = new java.util.ArrayList<>(
                List.of("forget", TRAINER.output(scratch.resolve("run")).toString()));
        words.addAll(List.of(rules));
        return BelayCommand.run(words.toArray(String[]::new)).outcome();
    }

    private List<String> checkpoints() {
        return Tree.names(TRAINER.output(scratch.resolve("run"))).stream()
                .filter(n -> !n.startsWith("."))
                .toList();
    }

    @Test
    void it_is_refused_while_the_program_runs_and_the_program_goes_on_from_what_it_keeps() {
        Command command = TRAINER.command(Jdks.one());
        Path run = scratch.resolve("run");
        Path file = ObservedLife.freshMap(run);
        StageMap map = ObservedLife.open(file);
        Wish wish = new Wish(Stage.STEP, STEP + 2, Hold.ENTRY, Trainer.JOB);
        String wanted = "checkpoint-" + STEP + " committed ";
        try (Fork fork = Fork.start(command.with(ObserverJar.flag(file, wish)).belay(TRAINER.options()), run)) {
            while (fork.alive()
                    && !(map.hit() && !map.writing() && fork.stderr().contains(wanted))) {
                LockSupport.parkNanos(2_000_000);
            }
            List<String> before = checkpoints();
            assertThat(before).hasSizeGreaterThan(1);
            for (String force : List.of("--keep-last", "--force")) {
                Outcome refused = force.equals("--force") ? forget("--keep-last", "1", force) : forget(force, "1");
                assertThat(refused.exit()).as("%s", refused).isEqualTo(5);
                assertThat(refused.stderr()).contains("held by demo.PlainSoftmax, process ", "end it first");
            }
            assertThat(forget("--keep-last", "1", "--dry-run").stdout()).contains("would be removed");
            assertThat(checkpoints()).isEqualTo(before);
            assertThat(fork.kill().exit()).isEqualTo(Fork.KILLED);
        }

        Outcome forgotten = forget("--keep-last", "1");
        assertThat(forgotten.exit()).as("%s", forgotten).isZero();
        assertThat(checkpoints()).containsExactly("checkpoint-" + STEP);
        BelayCommand.verify(TRAINER.output(run)).assertIntact();

        Outcome resumed = Fork.run(command.belay(TRAINER.options()), run);
        assertThat(resumed.resumedAt()).hasValue(STEP);
        assertThat(resumed.belayLines("WARN")).isEmpty();
        assertThat(resumed.finalLine())
                .isEqualTo(Fork.run(command, scratch.resolve("plain")).finalLine());
    }
}
