package dev.belay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A record that is damaged or missing is named; what it committed is taken only where something else proves it. */
class LogTest {

    /** Records: 1 started, 2 to 4 committed, 5 deleted (2), 6 committed, 7 finished. */
    private static final long LAST = 7;

    private static final long NEWEST_COMMIT = 6;

    @TempDir
    Path directory;

    private Path root;

    @BeforeEach
    void write() throws Exception {
        root = directory.resolve("store");
        Job job = Job.start(root, 1);
        Committed first = job.save(100);
        job.save(200);
        job.save(300);
        job.attempt().delete(first);
        assertThat(job.save(400).seq()).isEqualTo(NEWEST_COMMIT);
        job.attempt().finished(400);
        assertThat(Files.exists(StoreFiles.record(root, LAST))).isTrue();
    }

    private static List<Long> steps(CheckpointStore store) throws IOException {
        return store.committed().stream().map(Committed::step).toList();
    }

    private List<Long> expected(long lost) {
        return lost == NEWEST_COMMIT ? List.of(300L, 200L) : List.of(400L, 300L, 200L);
    }

    @Test
    void every_flipped_byte_of_every_record_is_named() throws Exception {
        long seed = 21;
        Random random = new Random(seed);
        for (long number = 1; number <= LAST; number++) {
            Path record = StoreFiles.record(root, number);
            for (long i = 0; i < Files.size(record); i++) {
                long bit = i * 8 + random.nextInt(8);
                StoreFiles.flip(record, bit);
                CheckpointStore store = CheckpointStore.openReadOnly(root);
                String what = "seed " + seed + ", record " + number + ", bit " + bit;
                assertThat(store.logDamage()).as(what).hasSize(1);
                assertThat(store.logDamage().get(0)).as(what).contains(FileNames.record(number), "is damaged");
                assertThat(steps(store)).as(what).isEqualTo(expected(number));
                StoreFiles.flip(record, bit);
            }
        }
        assertThat(CheckpointStore.openReadOnly(root).logDamage()).isEmpty();
    }

    @Test
    void truncated_records_are_named() throws Exception {
        for (long number = 1; number <= LAST; number++) {
            Path record = StoreFiles.record(root, number);
            byte[] whole = Files.readAllBytes(record);
            for (long size : Set.of(0L, 1L, whole.length / 2L, whole.length - 1L)) {
                StoreFiles.truncate(record, size);
                CheckpointStore store = CheckpointStore.openReadOnly(root);
                assertThat(store.logDamage()).hasSize(1);
                assertThat(steps(store)).isEqualTo(expected(number));
                Files.write(record, whole);
            }
        }
    }

    @Test
    void a_missing_record_is_named_and_training_goes_on() throws Exception {
        for (long number = 1; number < LAST; number++) {
            Path record = StoreFiles.record(root, number);
            byte[] whole = Files.readAllBytes(record);
            Files.delete(record);
            CheckpointStore store = CheckpointStore.openReadOnly(root);
            assertThat(store.logDamage()).hasSize(1);
            assertThat(store.logDamage().get(0)).contains(FileNames.record(number) + " is missing");
            assertThat(steps(store)).isEqualTo(expected(number));
            Files.write(record, whole);
        }
    }

    @Test
    void the_newest_commit_without_its_record_is_not_taken_and_not_deleted() throws Exception {
        StoreFiles.flip(StoreFiles.record(root, NEWEST_COMMIT), 99);
        Job job = Job.start(root, 2);
        assertThat(job.store().logDamage()).hasSize(1);
        assertThat(job.store().logDamage().get(0)).contains("checkpoint-400", "not taken, kept");
        assertThat(job.resume()).isEqualTo(300);
        job.save(400);
        Path kept = root.resolve("uncommitted-400." + NEWEST_COMMIT);
        assertThat(CheckpointStore.verify(kept).damages()).isEmpty();
        assertThat(steps(CheckpointStore.openReadOnly(root))).containsExactly(400L, 300L, 200L);
        assertThat(CheckpointStore.openReadOnly(root).entries())
                .extracting(Entry::standing)
                .endsWith(Entry.Standing.UNCOMMITTED);
        Job.start(root, 3);
        assertThat(CheckpointStore.verify(kept).damages()).isEmpty();
    }

    @Test
    void a_temporary_that_may_be_committed_is_kept() throws Exception {
        StoreFiles.flip(StoreFiles.record(root, NEWEST_COMMIT), 99);
        Path temporary = root.resolve(".tmp-1-taken-by-mistake");
        Files.move(root.resolve("checkpoint-400"), temporary);
        Job.start(root, 2);
        assertThat(CheckpointStore.verify(temporary).damages()).isEmpty();
    }

    @Test
    void the_end_of_the_log_may_be_missing() throws Exception {
        Files.delete(StoreFiles.record(root, LAST));
        Files.delete(StoreFiles.record(root, NEWEST_COMMIT));
        CheckpointStore store = CheckpointStore.openReadOnly(root);
        assertThat(store.uncommitted())
                .singleElement()
                .asString()
                .contains(FileNames.record(NEWEST_COMMIT), "checkpoint-400", "not taken");
        assertThat(steps(store)).containsExactly(300L, 200L);
        Job job = Job.start(root, 2);
        assertThat(job.resume()).isEqualTo(300);
        job.save(400);
        assertThat(CheckpointStore.verify(root.resolve("uncommitted-400." + NEWEST_COMMIT))
                        .damages())
                .isEmpty();
    }

    @Test
    void the_whole_log_may_be_missing() throws Exception {
        for (Path record : StoreFiles.all(root.resolve(".belay/log"))) {
            Files.delete(record);
        }
        CheckpointStore read = CheckpointStore.openReadOnly(root);
        assertThat(steps(read)).containsExactly(300L, 200L);
        assertThat(read.logDamage()).anyMatch(l -> l.contains("records 00000001.json to 00000004.json are missing"));
        assertThat(read.uncommitted()).anyMatch(l -> l.contains("checkpoint-400"));
        Job job = Job.start(root, 2);
        assertThat(job.resume()).isEqualTo(300);
        job.save(400);
        job.save(500);
        assertThat(steps(CheckpointStore.openReadOnly(root))).containsExactly(500L, 400L, 300L, 200L);
        assertThat(Job.start(root, 3).resume()).isEqualTo(500);
    }

    @Test
    void a_record_in_the_place_of_another_is_damage() throws Exception {
        Files.copy(
                StoreFiles.record(root, 2),
                StoreFiles.record(root, 3),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        CheckpointStore store = CheckpointStore.openReadOnly(root);
        assertThat(store.logDamage()).hasSize(1);
        assertThat(store.logDamage().get(0)).contains("it is record 2 under another's name");
        assertThat(steps(store)).containsExactly(400L, 300L, 200L);
    }

    @Test
    void any_two_records_may_be_lost() throws Exception {
        for (long a = 1; a <= LAST; a++) {
            for (long b = a + 1; b <= LAST; b++) {
                List<byte[]> whole = new ArrayList<>();
                for (long lost : List.of(a, b)) {
                    whole.add(Files.readAllBytes(StoreFiles.record(root, lost)));
                    StoreFiles.truncate(StoreFiles.record(root, lost), 10);
                }
                CheckpointStore store = CheckpointStore.openReadOnly(root);
                assertThat(store.logDamage()).as(a + " and " + b).hasSize(2);
                assertThat(steps(store)).as(a + " and " + b).isEqualTo(expected(b == NEWEST_COMMIT ? b : a));
                Files.write(StoreFiles.record(root, a), whole.get(0));
                Files.write(StoreFiles.record(root, b), whole.get(1));
            }
        }
    }

    @Test
    void a_log_that_vanishes_while_a_program_runs_stops_no_training() throws Exception {
        Job job = Job.start(root, 2);
        for (Path record : StoreFiles.all(root.resolve(".belay/log"))) {
            Files.delete(record);
        }
        assertThatThrownBy(() -> job.save(500))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("which this attempt made");
    }
}
