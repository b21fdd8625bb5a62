package dev.belay.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The end of the world between any two file operations of a run that deletes old checkpoints and keeps the best: the best
 * and the newest are always there, and there is never more than one checkpoint beyond those that are kept.
 */
class RetentionCrashTest {

    /** The limit counts the best; those of steps 300 and 600 are kept besides. */
    private static final Retention RETENTION = new Retention(OptionalInt.of(2), OptionalInt.of(300), 1, false);

    private static final int MOST = 2 + 2 + 1;
    private static final double[] LOSSES = {5, 2, 4, 3, 1, 6, Double.NaN, 2};
    private static final long POWER_SEED = 3;

    @TempDir
    Path directory;

    private int run;

    /** What was committed, and what of it was about to go. */
    private static final class Life {
        private final List<Committed> kept = new ArrayList<>();
        private final Map<Long, Double> losses = new HashMap<>();
        private final Set<Long> leaving = new HashSet<>();

        private Committed best() {
            Committed best = null;
            for (Committed c : kept) {
                double loss = losses.get(c.seq());
                best = best == null || loss < losses.get(best.seq()) ? c : best;
            }
            return best;
        }
    }

    /** Eight checkpoints in two attempts. */
    private static void story(Path root, Disk disk, Life life) throws StoreProblem, IOException {
        Job first = Job.start(root, 1, disk).sharing();
        for (int i = 0; i < 5; i++) {
            save(first, i, life);
        }
        Job second = Job.start(root, 2, disk).sharing();
        assertThat(second.resume()).isEqualTo(500);
        for (int i = 5; i < LOSSES.length; i++) {
            save(second, i, life);
        }
    }

    private static void save(Job job, int index, Life life) throws IOException {
        Committed saved = job.save(100 * (index + 1));
        life.losses.put(saved.seq(), LOSSES[index]);
        life.kept.add(saved);
        tidy(job, life);
    }

    private static void tidy(Job job, Life life) throws IOException {
        List<Committed> surplus = new ArrayList<>(job.surplus(RETENTION, life.losses));
        Collections.reverse(surplus);
        for (Committed old : surplus) {
            life.leaving.add(old.seq());
            assertThat(job.attempt().delete(old)).isTrue();
        }
    }

    private Path newRoot() throws IOException {
        return Files.createDirectories(directory.resolve("run" + run++));
    }

    /** A disk that looks after each operation how many complete checkpoints there are. */
    private static final class CountingDisk extends ForwardingDisk {
        private final Path root;
        private int most;

        CountingDisk(Path root) {
            super(new SwiftDisk());
            this.root = root;
        }

        @Override
        public void rename(Path from, Path to) throws IOException {
            super.rename(from, to);
            int complete = 0;
            for (String name : StoreFiles.names(root)) {
                complete += Files.exists(root.resolve(name).resolve(ManifestFile.NAME)) ? 1 : 0;
            }
            most = Math.max(most, complete);
        }
    }

    @Test
    void there_is_one_checkpoint_beyond_those_that_are_kept_at_most() throws Exception {
        Path root = newRoot().resolve("store");
        Life life = new Life();
        CountingDisk disk = new CountingDisk(root);
        story(root, disk, life);
        assertThat(disk.most).isEqualTo(MOST);
        assertThat(CheckpointStore.openReadOnly(root).committed())
                .extracting(Committed::step)
                .containsExactly(800L, 600L, 500L, 300L);
    }

    @Test
    void a_kill_at_any_moment_leaves_the_best_and_the_newest() throws Exception {
        crashEverywhere(false);
    }

    @Test
    void a_power_failure_at_any_moment_leaves_the_best_and_the_newest() throws Exception {
        crashEverywhere(true);
    }

    private void crashEverywhere(boolean power) throws Exception {
        CrashingDisk whole = disk(Long.MAX_VALUE, newRoot());
        story(directory.resolve("run" + (run - 1)).resolve("store"), whole, new Life());
        assertThat(whole.operations()).isGreaterThan(200);
        for (long last = 0; last < whole.operations(); last++) {
            Path root = newRoot();
            CrashingDisk disk = disk(last, root);
            Life life = new Life();
            boolean killed = false;
            try {
                story(root.resolve("store"), disk, life);
            } catch (CrashingDisk.Killed e) {
                killed = true;
            }
            String what = (power ? "power failure" : "kill") + " after operation " + last;
            assertThat(killed).as(what).isTrue();
            if (power) {
                disk.loseUnsynced();
            }
            check(root.resolve("store"), life, what);
        }
    }

    private static CrashingDisk disk(long last, Path root) throws IOException {
        Path limbo = Files.createDirectory(root.resolve("limbo"));
        return new CrashingDisk(limbo, last, new Random(POWER_SEED + last));
    }

    private static void check(Path root, Life life, String what) throws Exception {
        Job next = Job.start(root, 7, new SwiftDisk());
        List<Committed> live = next.store().committed();
        if (!life.kept.isEmpty()) {
            Committed newest = life.kept.get(life.kept.size() - 1);
            assertThat(life.leaving)
                    .as(what)
                    .doesNotContain(newest.seq(), life.best().seq());
            for (Committed must : List.of(newest, life.best())) {
                assertThat(live).as(what).extracting(Committed::seq).contains(must.seq());
                assertThat(CheckpointStore.verify(next.path(must)).damages())
                        .as(what)
                        .isEmpty();
            }
        }
        assertThat(live).as(what).hasSizeLessThanOrEqualTo(MOST);
        for (Committed c : live) {
            life.losses.putIfAbsent(c.seq(), Double.NaN); // committed as the world ended: nobody was told
        }
        if (next.resume() > 0) {
            tidy(next, life);
        }
        assertThat(next.store().committed())
                .as(what + ": what a deletion had begun is gone")
                .hasSizeLessThan(MOST);
        assertThat(StoreFiles.names(root)).as(what).noneMatch(n -> n.startsWith(".tmp-"));
    }
}
