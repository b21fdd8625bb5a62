package dev.belay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Removing what is there from outside of a program: only if nobody holds the store, and safe from a kill anywhere. */
class ForgetTest {

    @TempDir
    Path directory;

    @Test
    void an_attempt_that_must_not_fence_another_one_does_not_begin() throws Exception {
        Path root = directory.resolve("store");
        Job job = Job.start(root, 1);
        job.save(100);
        CheckpointStore store = Job.open(root, 2, new LocalDisk());
        List<String> before = StoreFiles.names(root.resolve(".belay/log"));
        assertThat(store.begin(Map.of(), LastAttempt::finished)).isEmpty();
        assertThat(StoreFiles.names(root.resolve(".belay/log"))).isEqualTo(before);
        job.save(200);
        job.attempt().finished(200);
        assertThat(store.begin(Map.of(), LastAttempt::finished)).isPresent();
        assertThatThrownBy(() -> job.save(300)).isInstanceOf(Fenced.class);
    }

    @Test
    void who_begins_meanwhile_is_asked_for_too() throws Exception {
        Path root = directory.resolve("store");
        Job job = Job.start(root, 1);
        job.attempt().finished(0);
        CheckpointStore store = Job.open(root, 2, new LocalDisk());
        Optional<Attempt> begun = store.begin(Map.of(), last -> {
            if (last.finished()) {
                start(root); // between the look at the log and the new record
            }
            return last.finished();
        });
        assertThat(begun).isEmpty();
        assertThat(Job.open(root, 4, new LocalDisk())
                        .lastAttempt()
                        .orElseThrow()
                        .info())
                .containsEntry("main", "demo.Test");
    }

    private static void start(Path root) {
        try {
            Job.start(root, 3);
        } catch (StoreProblem | IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void after_a_lost_record_nobody_knows_whether_the_last_attempt_is_over() throws Exception {
        Path root = directory.resolve("store");
        Job job = Job.start(root, 1);
        job.attempt().finished(0);
        Files.writeString(StoreFiles.record(root, 3), "rubbish");
        assertThat(Job.open(root, 2, new LocalDisk())
                        .lastAttempt()
                        .orElseThrow()
                        .finished())
                .isFalse();
    }

    @Test
    void what_may_be_committed_is_not_deleted_as_set_aside() throws Exception {
        Path root = directory.resolve("store");
        Job job = Job.start(root, 1);
        job.save(100);
        assertThat(job.attempt().deleteAside("checkpoint-100")).isFalse();
        assertThat(job.attempt().deleteAside("checkpoint-900")).isFalse();
        job.save(200);
        job.attempt().finished(200);
        Files.delete(StoreFiles.record(root, 3)); // the commit of 200
        Job next = Job.start(root, 2);
        assertThat(next.attempt().deleteAside("checkpoint-200")).isFalse();
        assertThat(StoreFiles.names(root)).containsExactly(".belay", "checkpoint-100", "checkpoint-200");
    }

    private static void forget(Path root, long seed, Disk disk) throws StoreProblem, IOException {
        CheckpointStore store = Job.open(root, seed, disk);
        Attempt attempt = store.begin(Map.of("main", "forget"), last -> true).orElseThrow();
        for (Committed c : store.committed()) {
            if (c.step() == 300) {
                attempt.deleteDamaged(c);
            } else if (c.step() == 100) {
                attempt.delete(c);
            }
        }
        for (Entry e : store.entries()) {
            if (e.standing() == Entry.Standing.UNCOMMITTED || e.standing() == Entry.Standing.DAMAGED) {
                attempt.deleteAside(e.directoryName());
            }
        }
        attempt.finished(0);
    }

    private static Path prepared(Path root) throws StoreProblem, IOException {
        Job job = Job.start(root, 1, new SwiftDisk()).sharing();
        job.save(100);
        job.save(200);
        job.save(300);
        StoreFiles.flip(root.resolve("checkpoint-300/model.safetensors"), 5);
        Files.createDirectory(root.resolve("uncommitted-50.0"));
        return root;
    }

    @Test
    void a_kill_between_any_two_operations_loses_nothing_and_is_made_good_by_the_next_time() throws Exception {
        Path whole = Files.createDirectories(directory.resolve("whole"));
        CrashingDisk counting =
                new CrashingDisk(Files.createDirectory(whole.resolve("limbo")), Long.MAX_VALUE, new Random(0));
        forget(prepared(whole.resolve("store")), 2, counting);
        assertThat(StoreFiles.names(whole.resolve("store"))).containsExactly(".belay", "checkpoint-200");
        assertThat(counting.operations()).isGreaterThan(40);
        for (long last = 0; last < counting.operations(); last++) {
            Path run = Files.createDirectories(directory.resolve("run" + last));
            Path root = prepared(run.resolve("store"));
            CrashingDisk disk = new CrashingDisk(Files.createDirectory(run.resolve("limbo")), last, new Random(last));
            try {
                forget(root, 2, disk);
            } catch (CrashingDisk.Killed e) {
                check(root, "kill after operation " + last);
                continue;
            }
            throw new AssertionError("no kill after operation " + last);
        }
    }

    private static void check(Path root, String what) throws StoreProblem, IOException {
        CheckpointStore store = Job.open(root, 4, new SwiftDisk());
        assertThat(store.logDamage()).as(what).isEmpty();
        assertThat(store.committed().stream().map(Committed::step)).as(what).contains(200L);
        forget(root, 5, new SwiftDisk());
        assertThat(StoreFiles.names(root)).as(what).containsExactly(".belay", "checkpoint-200");
        assertThat(CheckpointStore.verify(root.resolve("checkpoint-200")).intact())
                .as(what)
                .isTrue();
    }
}
