package dev.belay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two attempts at once: one goes on, the other is fenced, and nothing that either has committed is lost. */
class FencingTest {

    @TempDir
    Path directory;

    @Test
    void a_later_attempt_fences_every_method_of_an_earlier_one() throws Exception {
        Path root = directory.resolve("store");
        Job first = Job.start(root, 1);
        Committed kept = first.save(100);
        Committed other = first.save(200);
        CheckpointWriter writer = first.attempt().write(300);
        writer.file("model.safetensors", "late");
        Job second = Job.start(root, 2);
        assertThatThrownBy(() -> writer.commit(Job.info(300, 0)))
                .isInstanceOf(Fenced.class)
                .hasMessageContaining("found attempt " + second.attempt().id() + ", started at 2026-11-23T16:00:00Z")
                .hasMessageContaining("run one program at a time");
        writer.close();
        assertThatThrownBy(() -> first.save(300)).isInstanceOf(Fenced.class);
        assertThatThrownBy(() -> first.attempt().delete(kept)).isInstanceOf(Fenced.class);
        assertThatThrownBy(() -> first.attempt().setAsideDamaged(other)).isInstanceOf(Fenced.class);
        assertThatThrownBy(() -> first.attempt().finished(300)).isInstanceOf(Fenced.class);
        assertThat(second.store().committed()).containsExactly(other, kept);
        assertThat(StoreFiles.names(root)).containsExactly(".belay", "checkpoint-100", "checkpoint-200");
        second.save(300);
    }

    @Test
    void an_unreadable_record_of_someone_else_fences_too() throws Exception {
        Path root = directory.resolve("store");
        Job job = Job.start(root, 1);
        job.save(100);
        Files.writeString(StoreFiles.record(root, 3), "rubbish");
        assertThatThrownBy(() -> job.save(200)).isInstanceOf(Fenced.class).hasMessageContaining("00000003.json");
    }

    @Test
    void two_attempts_in_seeded_turns_lose_nothing() throws Exception {
        int bothWrote = 0;
        for (long seed = 1; seed <= 150; seed++) {
            bothWrote += race(seed) ? 1 : 0;
        }
        assertThat(bothWrote)
                .as("races in which both attempts committed something")
                .isGreaterThan(40);
    }

    /** What one thread has been promised. */
    private static final class Side {
        private final List<Committed> kept = new ArrayList<>();
        private final Set<Long> leaving = new HashSet<>();
        private boolean fenced;
        private Attempt attempt;
    }

    private boolean race(long seed) throws Exception {
        Path root = directory.resolve("race" + seed);
        Job before = Job.start(root, 99, new SwiftDisk());
        Committed old = before.save(100);
        Turns turns = new Turns(seed);
        List<Side> sides = List.of(new Side(), new Side());
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<Void>> both = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                both.add(threads.submit(train(root, seed, turns, sides, i)));
            }
            for (Future<Void> one : both) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(sides.stream().filter(s -> s.fenced).count())
                .as("seed " + seed)
                .isEqualTo(1);
        check(root, sides, old, seed);
        return sides.stream().noneMatch(s -> s.kept.isEmpty());
    }

    /** Trains until the other is fenced and two more checkpoints are committed, or until it is fenced itself. */
    private static Callable<Void> train(Path root, long seed, Turns turns, List<Side> sides, int thread) {
        Side me = sides.get(thread);
        Side other = sides.get(1 - thread);
        return () -> {
            turns.take(thread);
            try {
                Job job = Job.start(root, seed * 10 + thread, new TurnsDisk(turns, thread));
                me.attempt = job.attempt();
                long step = job.resume();
                for (int more = 0; more < 2; more += isFenced(other) ? 1 : 0) {
                    step += 100;
                    save(job, step % 500 + 100, me);
                }
                job.attempt().finished(step);
            } catch (Fenced e) {
                synchronized (me) {
                    me.fenced = true;
                }
            } finally {
                turns.end(thread);
            }
            return null;
        };
    }

    private static boolean isFenced(Side side) {
        synchronized (side) {
            return side.fenced;
        }
    }

    private static void save(Job job, long step, Side me) throws IOException {
        try {
            me.kept.add(job.save(step));
            for (Committed c : job.surplus(2)) {
                me.leaving.add(c.seq());
                job.attempt().delete(c);
            }
        } catch (IOException e) {
            // The other one works in the same directory; the engine logs this and tries again, as here.
            assertThat(e).isInstanceOf(java.nio.file.FileSystemException.class);
        }
    }

    private static void check(Path root, List<Side> sides, Committed old, long seed) throws Exception {
        Set<Long> expected = new HashSet<>(Set.of(old.seq()));
        for (Side side : sides) {
            side.kept.forEach(c -> expected.add(c.seq()));
        }
        Set<Long> maybe = new HashSet<>();
        for (Side side : sides) {
            expected.removeAll(side.leaving);
            maybe.addAll(side.leaving);
        }
        Job next = Job.start(root, 98, new SwiftDisk());
        assertThat(next.store().logDamage()).as("seed " + seed).isEmpty();
        List<Committed> committed = next.store().committed();
        assertThat(committed).as("seed " + seed).extracting(Committed::seq).containsAll(expected);
        for (Committed c : committed) {
            assertThat(expected.contains(c.seq()) || maybe.contains(c.seq()))
                    .as("seed " + seed + ": " + c + " was not promised to anyone")
                    .isTrue();
            assertThat(CheckpointStore.verify(next.path(c)).damages())
                    .as("seed " + seed + ": " + c)
                    .isEmpty();
        }
        Side survivor = sides.get(sides.get(0).fenced ? 1 : 0);
        assertThat(committed.get(0).attempt()).as("seed " + seed).isEqualTo(survivor.attempt.id());
        assertThat(StoreFiles.names(root)).as("seed " + seed).noneMatch(n -> n.startsWith(".tmp-"));
    }
}
