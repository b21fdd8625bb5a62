package dev.belay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An attempt that stands still for long between two operations, while another one does all its work, harms nothing. */
class PausedTest {

    private interface Action {
        void run() throws Exception;
    }

    /** Runs an action once before, or after, the first operation of a kind on a path whose name begins so. */
    private static class PausingDisk extends SwiftDisk {
        private final String operation;
        private final String start;
        private Action before = () -> {};
        private Action after = () -> {};
        private boolean armed;
        boolean fails;

        PausingDisk(String operation, String start) {
            this.operation = operation;
            this.start = start;
        }

        void arm(Action first, Action then) {
            before = first;
            after = then;
            armed = true;
        }

        private boolean pause(String now, Path path) {
            if (!armed
                    || !now.equals(operation)
                    || !path.getFileName().toString().startsWith(start)) {
                return false;
            }
            armed = false;
            run(before);
            return true;
        }

        private static void run(Action action) {
            try {
                action.run();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public FileChannel create(Path file) throws IOException {
            pause("create", file);
            return super.create(file);
        }

        @Override
        public void rename(Path from, Path to) throws IOException {
            boolean paused = pause("rename", from);
            super.rename(from, to);
            if (paused) {
                run(after);
            }
        }

        @Override
        public void link(Path file, Path name) throws IOException {
            boolean paused = pause("link", name);
            super.link(file, name);
            if (paused) {
                run(after);
            }
        }

        @Override
        public void delete(Path path) throws IOException {
            pause("delete", path);
            super.delete(path);
        }
    }

    @TempDir
    Path directory;

    private Path root;

    @BeforeEach
    void name() {
        root = directory.resolve("store");
    }

    private void checkIntact(Committed... expected) throws Exception {
        Job next = Job.start(root, 97, new SwiftDisk());
        assertThat(next.store().committed())
                .extracting(Committed::seq)
                .containsExactlyElementsOf(
                        List.of(expected).stream().map(Committed::seq).toList());
        for (Committed c : next.store().committed()) {
            assertThat(CheckpointStore.verify(next.path(c)).damages())
                    .as(c.toString())
                    .isEmpty();
        }
        assertThat(next.store().committed().get(0).directoryName()).isEqualTo("checkpoint-" + expected[0].step());
    }

    @Test
    void before_it_deletes_what_its_record_says() throws Exception {
        PausingDisk disk = new PausingDisk("rename", "checkpoint-100");
        Job slow = Job.start(root, 1, disk);
        Committed old = slow.save(100);
        Committed kept = slow.save(200);
        Committed[] theirs = new Committed[1];
        disk.arm(() -> theirs[0] = Job.start(root, 2, new SwiftDisk()).save(100), () -> {});
        slow.attempt().delete(old);
        checkIntact(theirs[0], kept);
    }

    @Test
    void and_is_killed_right_after_it_took_the_wrong_directory() throws Exception {
        PausingDisk disk = new PausingDisk("rename", "checkpoint-100");
        Job slow = Job.start(root, 1, disk);
        Committed old = slow.save(100);
        Committed kept = slow.save(200);
        Committed[] theirs = new Committed[1];
        disk.arm(() -> theirs[0] = Job.start(root, 2, new SwiftDisk()).save(100), () -> {
            throw new CrashingDisk.Killed();
        });
        assertThatThrownBy(() -> slow.attempt().delete(old)).isInstanceOf(CrashingDisk.Killed.class);
        checkIntact(theirs[0], kept);
    }

    @Test
    void before_it_sets_a_damaged_one_aside() throws Exception {
        PausingDisk disk = new PausingDisk("rename", "checkpoint-200");
        Job slow = Job.start(root, 1, disk);
        Committed kept = slow.save(100);
        Committed damaged = slow.save(200);
        StoreFiles.flip(slow.path(damaged).resolve("model.safetensors"), 3);
        Committed[] theirs = new Committed[1];
        disk.arm(() -> theirs[0] = Job.start(root, 2, new SwiftDisk()).save(200), () -> {});
        assertThatThrownBy(() -> slow.attempt().setAsideDamaged(damaged)).isInstanceOf(Fenced.class);
        checkIntact(theirs[0], kept);
    }

    @Test
    void in_its_recovery() throws Exception {
        Job.start(root, 1, new SwiftDisk());
        Files.writeString(root.resolve(".belay/log/.tmp-0-dead"), "left by a kill");
        PausingDisk disk = new PausingDisk("delete", ".tmp-0-dead");
        CheckpointWriter[] theirs = new CheckpointWriter[1];
        disk.arm(
                () -> {
                    theirs[0] = Job.start(root, 3, new SwiftDisk()).attempt().write(100);
                    theirs[0].file("model.safetensors", "theirs");
                },
                () -> {});
        Job slow = Job.start(root, 2, disk);
        checkIntact(theirs[0].commit(Job.info(100, 0)));
        assertThatThrownBy(() -> slow.save(100)).isInstanceOf(Fenced.class);
    }

    @Test
    void before_it_supersedes_a_name() throws Exception {
        PausingDisk disk = new PausingDisk("rename", "checkpoint-100");
        Job slow = Job.start(root, 1, disk);
        Committed old = slow.save(100);
        Committed[] theirs = new Committed[1];
        disk.arm(() -> theirs[0] = Job.start(root, 2, new SwiftDisk()).save(100), () -> {});
        assertThatThrownBy(() -> slow.save(100)).isInstanceOf(Fenced.class);
        checkIntact(theirs[0], old);
    }

    @Test
    void before_it_renames_its_finished_directory() throws Exception {
        PausingDisk disk = new PausingDisk("rename", ".tmp-");
        Job slow = Job.start(root, 1, disk);
        Committed[] theirs = new Committed[1];
        disk.arm(() -> theirs[0] = Job.start(root, 2, new SwiftDisk()).save(100), () -> {});
        assertThatThrownBy(() -> slow.save(100)).isInstanceOf(Fenced.class);
        checkIntact(theirs[0]);
    }

    @Test
    void before_its_commit_record_which_then_fails() throws Exception {
        PausingDisk disk = new PausingDisk("create", ".tmp-1-") {
            @Override
            public FileChannel create(Path file) throws IOException {
                boolean record = file.startsWith(root.resolve(".belay"));
                FileChannel channel = super.create(file);
                if (record && fails) {
                    channel.close();
                    throw new IOException("No space left on device");
                }
                return channel;
            }
        };
        Job slow = Job.start(root, 1, disk);
        Committed[] theirs = new Committed[1];
        disk.arm(() -> theirs[0] = Job.start(root, 2, new SwiftDisk()).save(100), () -> {});
        disk.fails = true;
        assertThatThrownBy(() -> slow.save(100)).isInstanceOf(Fenced.class);
        checkIntact(theirs[0]);
    }

    @Test
    void before_its_commit_record_gets_its_number() throws Exception {
        PausingDisk disk = new PausingDisk("link", "0");
        Job slow = Job.start(root, 1, disk);
        Committed[] theirs = new Committed[1];
        disk.arm(() -> theirs[0] = Job.start(root, 2, new SwiftDisk()).save(100), () -> {});
        assertThatThrownBy(() -> slow.save(100)).isInstanceOf(Fenced.class);
        checkIntact(theirs[0]);
        assertThat(StoreFiles.names(root)).anyMatch(n -> n.startsWith("uncommitted-100."));
    }

    @Test
    void after_its_commit_record_got_its_number() throws Exception {
        PausingDisk disk = new PausingDisk("link", "0");
        Job slow = Job.start(root, 1, disk);
        Committed[] theirs = new Committed[1];
        disk.arm(() -> {}, () -> theirs[0] = Job.start(root, 2, new SwiftDisk()).save(100));
        Committed ours = slow.save(100);
        checkIntact(theirs[0], ours);
    }
}
