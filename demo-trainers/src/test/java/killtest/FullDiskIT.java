package killtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import killtest.observer.Hold;
import killtest.observer.Stage;
import killtest.observer.StageMap;
import killtest.observer.Wish;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that fills up costs checkpoints, not the training; with room again, there are checkpoints again. */
class FullDiskIT {

    private static final Trainer TRAINER = Trainer.PLAIN_SOFTMAX;
    private static final Command COMMAND = TRAINER.command(Jdks.one());

    @TempDir
    Path scratch;

    private Path disk;

    @BeforeEach
    void mount_a_small_disk() throws IOException {
        disk = Files.createDirectory(scratch.resolve("disk"));
        Outcome mount = Fork.run(
                List.of("mount", "-t", "tmpfs", "-o", "size=4m,mode=700", "tmpfs", disk.toString()), Map.of(), scratch);
        boolean mounted = mount.exit() == 0;
        if (System.getenv("CI") != null) {
            assertThat(mounted)
                    .as("mounting a tmpfs is permitted in CI: %s", mount)
                    .isTrue();
        }
        assumeTrue(mounted, "needs the right to mount a tmpfs (root): " + mount.stderr());
    }

    @AfterEach
    void unmount() {
        Fork.run(List.of("umount", disk.toString()), Map.of(), scratch);
    }

    @Test
    void training_goes_on_and_later_checkpoints_succeed() throws IOException {
        Path output = disk.resolve("checkpoints");
        Path ballast = disk.resolve("ballast");
        fill(ballast);
        Path directory = scratch.resolve("run");
        Path file = ObservedLife.freshMap(directory);
        StageMap map = ObservedLife.open(file);
        Wish wish = new Wish(Stage.STEP, 60, Hold.ENTRY, Trainer.JOB);
        Command command = COMMAND.with(ObserverJar.flag(file, wish)).belay(TRAINER.options("output_dir=" + output));
        try (Fork fork = Fork.start(command, directory)) {
            while (fork.alive() && !map.hit()) {
                LockSupport.parkNanos(1_000_000);
            }
            assertThat(map.hit())
                    .as("training reached step 60: %s", fork.stderr())
                    .isTrue();
            assertThat(fork.stderr()).contains("WARN", "checkpoint-5 was not written", "No space left on device");
            assertThat(Tree.names(output)).noneMatch(n -> n.startsWith("checkpoint-"));
            Files.delete(ballast);
            map.release();
            Outcome outcome = fork.await();

            assertThat(outcome.finalLine())
                    .isEqualTo(Fork.run(COMMAND, scratch.resolve("plain")).finalLine());
            assertThat(outcome.belayLines("ERROR")).isEmpty();
            assertThat(outcome.committed()).hasSizeGreaterThan(5).endsWith((long) Trainer.STEPS);
            assertThat(outcome.committed().get(0)).isGreaterThan(55);
        }
        BelayCommand.verify(output).assertIntact();
        assertThat(Tree.names(output)).as("left over").noneMatch(n -> n.startsWith(".tmp-"));
        Outcome again = Fork.run(COMMAND.belay(TRAINER.options("output_dir=" + output)), directory);
        assertThat(again.resumedAt()).hasValue(Trainer.STEPS);
    }

    /** Leaves room for the log, not for a checkpoint. */
    private static void fill(Path ballast) throws IOException {
        long room = Files.getFileStore(ballast.getParent()).getUsableSpace() - (128 << 10);
        try (OutputStream out = Files.newOutputStream(ballast)) {
            out.write(new byte[(int) room]);
        }
    }
}
