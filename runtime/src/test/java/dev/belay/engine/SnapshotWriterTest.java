package dev.belay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.state.FrameImage;
import dev.belay.state.HeapCapture;
import dev.belay.state.ObjectPolicy;
import dev.belay.state.SavedState;
import dev.belay.state.Snapshot;
import dev.belay.state.Staging;
import dev.belay.state.Streams;
import dev.belay.state.TensorFile;
import dev.belay.store.Attempt;
import dev.belay.store.CheckpointStore;
import dev.belay.store.CheckpointWriter;
import dev.belay.store.Committed;
import dev.belay.store.ManifestInfo;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real snapshots in a real store: when the file of constant arrays is shared, when it is written, and that it is right. */
class SnapshotWriterTest {

    private static final String DATA = "data.safetensors";

    @TempDir
    Path root;

    private final double[][] data = new double[300][50];
    private final double[] weights = new double[10_000];

    /** One process: it captures, writes and commits. */
    private final class Life {

        private final CheckpointStore store;
        private final Attempt attempt;
        private final Staging staging;
        private final SnapshotWriter writer = new SnapshotWriter("{}\n", false);
        private long parent;

        Life(long limit) throws Exception {
            store = CheckpointStore.open(root, Clock.systemUTC());
            attempt = store.begin(Map.of());
            staging = new Staging(OptionalLong.of(limit));
            for (Committed newest : store.committed().stream().limit(1).toList()) {
                parent = newest.seq();
                staging.expectConstant(
                        SavedState.open(root.resolve(newest.directoryName())).constantArrays());
            }
        }

        private Snapshot capture() {
            HeapCapture capture = new HeapCapture(
                    new ObjectPolicy(List.of(), List.of(), List::of, type -> {}, Streams.REFUSED),
                    staging,
                    TensorFile.MODEL);
            int[] locals = {capture.local("Test.run/data", data), capture.local("Test.run/weights", weights)};
            capture.frame(new FrameImage("a/Test#run()V", "", 0, 0, List.of("data", "weights"), locals, List.of()));
            return capture.finish();
        }

        /** Returns how many bytes were shared. */
        long write(long step, boolean commit) throws IOException {
            weights[(int) step]++;
            Snapshot snapshot = capture();
            ManifestInfo info = new ManifestInfo(step, Double.NaN, parent, Map.of(), Map.of());
            try (CheckpointWriter files = attempt.write(step)) {
                writer.write(files, snapshot, info, parent);
                assertThat(snapshot.released()).isTrue();
                if (commit) {
                    parent = files.commit(info).seq();
                    writer.committed(snapshot);
                }
                return files.sharedBytes();
            }
        }

        long save(long step) throws IOException {
            long shared = write(step, true);
            assertRight(step);
            return shared;
        }
    }

    private void assertRight(long step) throws IOException {
        Path checkpoint = root.resolve("checkpoint-" + step);
        assertThat(CheckpointStore.verify(checkpoint).damages()).isEmpty();
        SavedState saved = SavedState.open(checkpoint);
        Object[] locals = saved.restore(
                        new ObjectPolicy(List.of(), List.of(), List::of, type -> {}, Streams.REFUSED),
                        getClass().getClassLoader())
                .resume(saved.frames().get(0), new Object[] {null, null}, Map.of());
        assertThat((double[][]) locals[0]).isDeepEqualTo(data);
        assertThat((double[]) locals[1]).isEqualTo(weights);
    }

    private Object inode(long step) throws IOException {
        return Files.getAttribute(root.resolve("checkpoint-" + step).resolve(DATA), "unix:ino");
    }

    SnapshotWriterTest() {
        Random random = new Random(8);
        for (double[] row : data) {
            java.util.Arrays.setAll(row, i -> random.nextDouble());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1L << 40})
    void the_second_checkpoint_shares_with_the_first_after_a_trial(long limit) throws Exception {
        Life life = new Life(limit);
        assertThat(life.write(1, false)).isZero();
        assertThat(life.save(2)).isZero();
        assertThat(life.save(3)).isGreaterThan(300 * 50 * 8);
        assertThat(inode(3)).isEqualTo(inode(2));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1L << 40})
    void the_file_is_written_anew_now_and_then(long limit) throws Exception {
        Life life = new Life(limit);
        life.write(1, false);
        List<Object> inodes = new ArrayList<>();
        for (long step = 2; step < 2 + 3 * SnapshotWriter.MOST_SHARERS; step++) {
            life.save(step);
            inodes.add(inode(step));
        }
        assertThat(new HashSet<>(inodes)).hasSize(3);
        assertThat(new HashSet<>(inodes.subList(0, SnapshotWriter.MOST_SHARERS)))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1L << 40})
    void a_change_is_never_missed(long limit) throws Exception {
        long seed = 21;
        Random random = new Random(seed);
        Life life = new Life(limit);
        int shared = 0;
        for (long step = 1; step <= 60; step++) {
            if (random.nextInt(6) == 0) {
                data[random.nextInt(300)][random.nextInt(50)] *= -1;
            }
            if (random.nextInt(10) == 0) {
                life = new Life(limit);
            }
            shared += life.save(step) > 0 ? 1 : 0;
        }
        assertThat(shared).as("seed " + seed).isBetween(10, 50);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1L << 40})
    void another_life_shares_what_it_finds_to_be_the_same(long limit) throws Exception {
        Life first = new Life(limit);
        first.write(1, false);
        first.save(2);
        Life second = new Life(limit);
        assertThat(second.write(3, false)).as("a trial").isPositive();
        assertThat(second.save(4)).isPositive();
        assertThat(inode(4)).isEqualTo(inode(2));

        data[299][49] = -0.0;
        Life third = new Life(limit);
        assertThat(third.save(5)).isZero();
        assertThat(third.save(6)).isPositive();
        assertThat(inode(6)).isEqualTo(inode(5)).isNotEqualTo(inode(4));
    }

    @Test
    void damage_is_not_taken_over_by_another_life() throws Exception {
        Life first = new Life(1L << 40);
        first.write(1, false);
        first.save(2);
        try (RandomAccessFile file =
                new RandomAccessFile(root.resolve("checkpoint-2").resolve(DATA).toFile(), "rw")) {
            file.seek(100_000);
            file.write(file.read() + 1);
        }
        assertThat(new Life(1L << 40).save(3)).isZero();
    }

    @Test
    void a_write_that_was_not_committed_leaves_no_trace_in_what_is_shared_next() throws Exception {
        Life life = new Life(1L << 40);
        life.write(1, false);
        life.save(2);
        data[0][0]++;
        for (long step = 3; step < 10; step++) {
            assertThat(life.write(step, false)).as("dropped").isZero();
        }
        data[0][0]--;
        for (long step = 10; step < 30; step++) {
            life.save(step);
        }
    }
}
