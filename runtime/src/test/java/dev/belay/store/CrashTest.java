package dev.belay.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The end of the world between any two file operations of a long story: whatever was committed is there, nothing else
 * is taken, and a second recovery finds nothing to do.
 */
class CrashTest {

    private static final long POWER_SEEDS = 1;

    @TempDir
    Path directory;

    private int run;

    /** What the story has been promised so far. */
    private static final class Promises {
        private final List<Committed> kept = new ArrayList<>();
        private final Set<Long> leaving = new HashSet<>();

        private List<Long> certain() {
            return kept.stream()
                    .map(Committed::seq)
                    .filter(s -> !leaving.contains(s))
                    .toList();
        }
    }

    /** Commits, retention, a damaged newest one, the same names again, and a new line of descent, in three attempts. */
    private static void story(Path root, Disk disk, Promises promises) throws StoreProblem, IOException {
        Job first = Job.start(root, 1, disk).sharing();
        for (long step = 100; step <= 400; step += 100) {
            promises.kept.add(first.save(step));
            delete(first, promises);
        }
        first.attempt().finished(400);
        StoreFiles.flip(root.resolve("checkpoint-400/model.safetensors"), 5);
        promises.leaving.add(first.store().committed().get(0).seq());

        Job second = Job.start(root, 2, disk).sharing();
        assertThat(second.resume()).isEqualTo(300);
        promises.kept.add(second.save(400));
        delete(second, promises);

        Job fresh = Job.start(root, 3, disk).sharing();
        promises.kept.add(fresh.save(400));
        promises.kept.add(fresh.save(300));
        try (CheckpointWriter trial = fresh.attempt().write(350)) {
            trial.file("model.safetensors", "trial");
        }
        promises.kept.add(fresh.save(500));
        delete(fresh, promises);
        fresh.attempt().finished(500);
    }

    private static void delete(Job job, Promises promises) throws IOException {
        for (Committed old : job.surplus(2)) {
            promises.leaving.add(old.seq());
            job.attempt().delete(old);
        }
    }

    private Path newRoot() throws IOException {
        return Files.createDirectories(directory.resolve("run" + run++));
    }

    @Test
    void a_kill_between_any_two_operations_loses_nothing() throws Exception {
        long operations = operations();
        assertThat(operations).isGreaterThan(300);
        for (long last = 0; last < operations; last++) {
            crash(last, 0, false);
        }
    }

    @Test
    void a_power_failure_between_any_two_operations_loses_nothing() throws Exception {
        long operations = operations();
        for (long seed = 1; seed <= POWER_SEEDS; seed++) {
            for (long last = 0; last < operations; last++) {
                crash(last, seed, true);
            }
        }
    }

    private long operations() throws Exception {
        Path root = newRoot();
        Path limbo = Files.createDirectory(root.resolve("limbo"));
        CrashingDisk disk = new CrashingDisk(limbo, Long.MAX_VALUE, new Random(0));
        Promises promises = new Promises();
        story(root.resolve("store"), disk, promises);
        check(root.resolve("store"), promises, "no crash");
        return disk.operations();
    }

    private void crash(long last, long seed, boolean power) throws Exception {
        Path root = newRoot();
        Path limbo = Files.createDirectory(root.resolve("limbo"));
        CrashingDisk disk = new CrashingDisk(limbo, last, new Random(seed + last));
        Promises promises = new Promises();
        boolean killed = false;
        try {
            story(root.resolve("store"), disk, promises);
        } catch (CrashingDisk.Killed e) {
            killed = true;
        }
        String what = (power ? "power failure" : "kill") + " after operation " + last + ", seed " + seed;
        assertThat(killed).as(what).isTrue();
        if (power) {
            disk.loseUnsynced();
        }
        check(root.resolve("store"), promises, what);
    }

    private static void check(Path root, Promises promises, String what) throws Exception {
        CheckpointStore before = Job.open(root, 4, new SwiftDisk());
        checkCommitted(before, promises, what);
        assertThat(before.logDamage()).as(what).isEmpty();
        assertThat(before.uncommitted()).as(what).hasSizeLessThan(2);

        Job next = Job.start(root, 5, new SwiftDisk());
        checkCommitted(next.store(), promises, what);
        assertThat(StoreFiles.names(root)).as(what).noneMatch(n -> n.startsWith(".tmp-"));
        assertThat(StoreFiles.names(root.resolve(".belay/log"))).as(what).noneMatch(n -> n.startsWith(".tmp-"));
        checkNames(root, next.store(), what);

        var contents = StoreFiles.contents(root);
        Job again = Job.start(root, 6, new SwiftDisk());
        assertThat(StoreFiles.contents(root)).as(what + ": a second recovery").isEqualTo(contents);
        checkCommitted(again.store(), promises, what);

        again.resume();
        List<Committed> all = new ArrayList<>(again.store().committed());
        all.add(0, again.save(400));
        all.add(0, again.save(500));
        assertThat(CheckpointStore.openReadOnly(root).committed())
                .as(what + ": training goes on")
                .extracting(Committed::seq)
                .isEqualTo(all.stream().map(Committed::seq).toList());
    }

    /** Every directory is called what the log makes of it, and what the log has deleted is gone. */
    private static void checkNames(Path root, CheckpointStore store, String what) throws Exception {
        CommitLog log = new CommitLog(root.resolve(".belay/log"), new SwiftDisk(), Job.ids(7));
        log.refresh();
        Set<Long> superseded = new HashSet<>();
        Set<Long> deleted = new HashSet<>();
        Set<Long> damaged = new HashSet<>();
        for (LogRecord r : log.records()) {
            superseded.add(r.supersedes());
            if (r.kind() == LogRecord.Kind.DELETED) {
                deleted.add(r.seq());
            } else if (r.kind() == LogRecord.Kind.SET_ASIDE) {
                damaged.add(r.seq());
            }
        }
        for (Entry entry : store.entries()) {
            Manifest m = entry.manifest().orElseThrow();
            assertThat(deleted).as(what + ": " + entry).doesNotContain(m.seq());
            if (log.record(m.seq())
                    .map(r -> r.kind() != LogRecord.Kind.COMMITTED)
                    .orElse(true)) {
                assertThat(entry.standing()).as(what).isEqualTo(Entry.Standing.UNCOMMITTED);
                continue;
            }
            String expected = damaged.contains(m.seq())
                    ? "damaged-" + m.step() + "." + m.seq()
                    : superseded.contains(m.seq())
                            ? "superseded-" + m.step() + "." + m.seq()
                            : "checkpoint-" + m.step();
            assertThat(entry.directoryName()).as(what).isEqualTo(expected);
        }
    }

    private static void checkCommitted(CheckpointStore store, Promises promises, String what) throws IOException {
        List<Committed> committed = store.committed();
        List<Long> seqs = committed.stream().map(Committed::seq).toList();
        assertThat(seqs).as(what).containsAll(promises.certain());
        List<Long> known = promises.kept.stream().map(Committed::seq).toList();
        long newest = known.isEmpty() ? 0 : known.get(known.size() - 1);
        assertThat(seqs.stream().filter(s -> !known.contains(s)).toList())
                .as(what + ": at most the one that was being committed")
                .hasSizeLessThan(2)
                .allMatch(s -> s > newest);
        for (Committed c : committed) {
            if (!promises.leaving.contains(c.seq())) {
                assertThat(CheckpointStore.verify(store.directory().resolve(c.directoryName()))
                                .damages())
                        .as(what + ": " + c)
                        .isEmpty();
            }
        }
    }

    @Test
    void an_operation_that_fails_costs_one_checkpoint_at_most() throws Exception {
        Path root = newRoot().resolve("store");
        Job job = Job.start(root, 1, new SwiftDisk()).sharing();
        job.save(100);
        for (int failing = 1; ; failing++) {
            FailingDisk disk = new FailingDisk(failing);
            Job next = Job.start(root, 100 + failing, new SwiftDisk());
            next.resume();
            List<Committed> before = next.store().committed();
            Job faulty = Job.start(root, 1000 + failing, disk).sharing();
            faulty.resume();
            disk.arm();
            List<Committed> expected = new ArrayList<>(before);
            try {
                expected.add(0, faulty.save(100)); // the name is taken: superseding is part of it
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("No space left on device");
            }
            boolean failed = disk.hasFailed();
            disk.disarm();
            assertThat(faulty.store().committed())
                    .as("failing operation " + failing)
                    .extracting(Committed::seq)
                    .containsAll(expected.stream().map(Committed::seq).toList());
            if (!faulty.store().committed().get(0).equals(expected.get(0))) {
                expected.add(0, faulty.store().committed().get(0)); // it was committed, only the answer was lost
            }
            expected.add(0, faulty.save(200));
            CheckpointStore read = CheckpointStore.openReadOnly(root);
            assertThat(read.committed())
                    .as("failing operation " + failing)
                    .extracting(Committed::seq)
                    .isEqualTo(expected.stream().map(Committed::seq).toList());
            for (Committed c : read.committed()) {
                assertThat(CheckpointStore.verify(root.resolve(c.directoryName()))
                                .damages())
                        .isEmpty();
            }
            assertThat(StoreFiles.names(root)).noneMatch(n -> n.startsWith("uncommitted-"));
            if (!failed) {
                assertThat(failing).as("operations of one commit").isGreaterThan(15);
                return;
            }
        }
    }

    @Test
    void a_link_whose_answer_is_lost_has_worked() throws Exception {
        Path root = newRoot().resolve("store");
        Job job = Job.start(root, 1, new ForwardingDisk(new SwiftDisk()) {
            @Override
            public void link(Path file, Path name) throws IOException {
                super.link(file, name);
                if (FileNames.recordNumber(name.getFileName().toString()) > 0) {
                    throw new IOException("Input/output error");
                }
            }
        });
        Committed committed = job.save(1);
        assertThat(committed.seq()).isEqualTo(2);
        assertThat(job.save(2).seq()).isEqualTo(3);
        assertThat(CheckpointStore.openReadOnly(root).committed())
                .extracting(Committed::step)
                .containsExactly(2L, 1L);
    }
}
