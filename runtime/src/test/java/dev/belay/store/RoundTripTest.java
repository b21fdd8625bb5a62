package dev.belay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was written is there again, under the right names and in the right order. */
class RoundTripTest {

    private static final String HUGGING_FACE_KEYS = """
            best_global_step best_metric best_model_checkpoint epoch eval_steps global_step is_hyper_param_search
            is_local_process_zero is_world_process_zero log_history logging_steps max_steps num_input_tokens_seen
            num_train_epochs save_steps stateful_callbacks total_flos train_batch_size trial_name trial_params""";

    @TempDir
    Path directory;

    private Path root() {
        return directory.resolve("checkpoints").resolve("Main");
    }

    @Test
    void a_checkpoint_comes_back_as_it_was_written() throws Exception {
        Job job = Job.start(root(), 1);
        int bytes = 2 * ChecksummedChannel.BLOCK_BYTES + 12345;
        Committed committed = job.save(500, bytes);
        assertThat(committed.directoryName()).isEqualTo("checkpoint-500");

        CheckpointStore read = CheckpointStore.openReadOnly(root());
        assertThat(read.committed()).containsExactly(committed);
        assertThat(read.logDamage()).isEmpty();
        Path checkpoint = root().resolve("checkpoint-500");
        assertThat(CheckpointStore.verify(checkpoint).damages()).isEmpty();
        byte[] expected = new byte[bytes];
        new Random(500).nextBytes(expected);
        assertThat(Files.readAllBytes(checkpoint.resolve("model.safetensors"))).isEqualTo(expected);

        Manifest manifest = CheckpointStore.manifest(checkpoint);
        assertThat(manifest.seq()).isEqualTo(committed.seq());
        assertThat(manifest.step()).isEqualTo(500);
        assertThat(manifest.epoch()).isEqualTo(5.0);
        assertThat(manifest.created()).isEqualTo(Job.CLOCK.instant());
        assertThat(manifest.fingerprint()).containsEntry("jdk", "17");
        assertThat(manifest.notes()).containsEntry("steps", "500");
        assertThat(manifest.files().get(0).crc32c()).hasSize(3);
        assertThat(manifest.bytes())
                .isEqualTo(bytes
                        + "position 500".length()
                        + TrainerState.of(500, 5.0).text().length());
    }

    @Test
    void an_unknown_epoch_and_odd_texts_survive() throws Exception {
        Job job = Job.start(root(), 1);
        String odd = "a\"b\\c\n\u0000é漢";
        try (CheckpointWriter writer = job.attempt().write(1)) {
            writer.commit(new ManifestInfo(1, Double.NaN, 0, java.util.Map.of(odd, odd), java.util.Map.of()));
        }
        Manifest manifest = CheckpointStore.manifest(root().resolve("checkpoint-1"));
        assertThat(manifest.epoch()).isNaN();
        assertThat(manifest.fingerprint()).containsEntry(odd, odd);
        assertThat(CheckpointStore.verify(root().resolve("checkpoint-1")).damages())
                .isEmpty();
    }

    @Test
    void new_directories_and_files_are_ours_alone() throws Exception {
        Job.start(root(), 1).save(1);
        for (String name : List.of("checkpoints", "checkpoints/Main", "checkpoints/Main/checkpoint-1")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(name))))
                    .as(name)
                    .isEqualTo("rwx------");
        }
        for (Path file : StoreFiles.all(directory)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .as(file.toString())
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void the_order_is_that_of_the_commits_whatever_the_steps_and_times_say() throws Exception {
        Job job = Job.start(root(), 1);
        job.save(900);
        Committed small = job.save(5);
        Committed large = job.save(1000);
        Files.setLastModifiedTime(job.path(large), java.nio.file.attribute.FileTime.fromMillis(0));
        assertThat(job.store().committed()).extracting(Committed::step).containsExactly(1000L, 5L, 900L);
        assertThat(large.parent()).isEqualTo(small.seq());
    }

    @Test
    void an_uncommitted_writer_leaves_nothing_behind() throws Exception {
        Job job = Job.start(root(), 1);
        job.save(1);
        List<String> before = StoreFiles.names(root());
        try (CheckpointWriter writer = job.attempt().write(2)) {
            writer.file("model.safetensors", "half");
            assertThat(writer.bytes()).isEqualTo(4);
        }
        assertThat(StoreFiles.names(root())).isEqualTo(before);
    }

    @Test
    void names_after_a_fall_back() throws Exception {
        Job first = Job.start(root(), 1);
        first.save(500);
        Committed lost = first.save(1000);
        StoreFiles.flip(first.path(lost).resolve("model.safetensors"), 77);

        Job second = Job.start(root(), 2);
        assertThat(second.resume()).isEqualTo(500);
        second.save(1000);
        assertThat(StoreFiles.names(root()))
                .containsExactly(".belay", "checkpoint-1000", "checkpoint-500", "damaged-1000." + lost.seq());
        assertThat(second.store().committed()).extracting(Committed::step).containsExactly(1000L, 500L);
        assertThat(second.store().entries())
                .extracting(Entry::standing)
                .containsExactly(Entry.Standing.COMMITTED, Entry.Standing.COMMITTED, Entry.Standing.DAMAGED);
        assertThat(Job.start(root(), 3).resume()).isEqualTo(1000);
    }

    @Test
    void a_new_line_of_descent_supersedes_the_names_of_the_old_one() throws Exception {
        Job first = Job.start(root(), 1);
        Committed old500 = first.save(500);
        first.save(1000);
        Job fresh = Job.start(root(), 2);
        Committed new500 = fresh.save(500);
        assertThat(StoreFiles.names(root())).contains("superseded-500." + old500.seq(), "checkpoint-500");
        assertThat(fresh.store().committed())
                .extracting(Committed::directoryName)
                .containsExactly("checkpoint-500", "checkpoint-1000", "superseded-500." + old500.seq());
        assertThat(new500.parent()).isZero();
        for (Committed c : fresh.store().committed()) {
            assertThat(CheckpointStore.verify(fresh.path(c)).damages()).isEmpty();
        }
        List<String> before = StoreFiles.names(root());
        Job.start(root(), 3);
        assertThat(StoreFiles.names(root())).isEqualTo(before);
    }

    @Test
    void a_name_that_something_else_has_taken_is_made_free_and_nothing_is_deleted() throws Exception {
        Job job = Job.start(root(), 1);
        Files.createDirectory(root().resolve("checkpoint-7"));
        Files.writeString(root().resolve("checkpoint-7").resolve("mine.txt"), "mine");
        Files.writeString(root().resolve("checkpoint-8"), "a file");
        job.save(7);
        job.save(8);
        assertThat(root().resolve("uncommitted-7.0").resolve("mine.txt")).hasContent("mine");
        assertThat(root().resolve("uncommitted-8.0")).hasContent("a file");
    }

    @Test
    void retention_keeps_the_newest_and_never_a_superseded_one() throws Exception {
        Job job = Job.start(root(), 1);
        for (long step = 1; step <= 5; step++) {
            job.save(step);
            for (Committed old : job.surplus(2)) {
                job.attempt().delete(old);
            }
        }
        assertThat(job.store().committed()).extracting(Committed::step).containsExactly(5L, 4L);
        job.save(5);
        assertThat(job.surplus(1)).extracting(Committed::step).containsExactly(4L);
        assertThat(job.surplus(0))
                .as("one is always kept")
                .extracting(Committed::step)
                .containsExactly(4L);
        Committed newest = job.store().committed().get(0);
        assertThatThrownBy(() -> job.attempt().delete(newest)).hasMessageContaining("newest");
        assertThat(job.surplus(Retention.ofNewest(OptionalInt.empty()), Map.of()))
                .isEmpty();
        assertThat(CheckpointStore.openReadOnly(root()).committed())
                .extracting(Committed::directoryName)
                .hasSize(3)
                .startsWith("checkpoint-5");
    }

    @Test
    void a_line_of_descent_has_no_gap_where_checkpoints_were_deleted() throws Exception {
        Job first = Job.start(root(), 1);
        Committed a = first.save(1);
        Committed b = first.save(2);
        Committed c = first.save(3);
        first.attempt().delete(b);
        Job other = Job.start(root(), 2);
        Committed apart = other.save(9);
        Job back = Job.start(root(), 3);
        assertThat(back.store().lineage(c.seq())).containsExactly(c, a);
        assertThat(back.store().lineage(apart.seq())).containsExactly(apart);
        assertThat(back.store().lineage(b.seq())).containsExactly(a);
        assertThat(back.store().lineage(12345)).isEmpty();
    }

    @Test
    void what_the_user_puts_into_the_directory_is_left_alone() throws Exception {
        Job job = Job.start(root(), 1);
        Committed first = job.save(1);
        Path backup = root().resolve("best");
        copy(job.path(first), backup);
        job.save(2);
        job.attempt().delete(first);
        job.save(3);
        copy(backup, root().resolve("checkpoint-1"));
        Job later = Job.start(root(), 2);
        assertThat(later.store().committed()).extracting(Committed::step).containsExactly(3L, 2L);
        assertThat(CheckpointStore.verify(backup).damages()).isEmpty();
        assertThat(CheckpointStore.verify(root().resolve("checkpoint-1")).damages())
                .isEmpty();
    }

    @Test
    void a_copy_elsewhere_verifies() throws Exception {
        Job job = Job.start(root(), 1);
        Committed c = job.save(1);
        Path elsewhere = directory.resolve("elsewhere");
        copy(job.path(c), elsewhere);
        assertThat(CheckpointStore.verify(elsewhere).damages()).isEmpty();
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectory(to, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        for (Path file : StoreFiles.all(from)) {
            Files.copy(file, to.resolve(file.getFileName()));
        }
    }

    @Test
    void verification_tells_how_far_it_has_come() throws Exception {
        Job job = Job.start(root(), 1);
        Committed c = job.save(1, 3 * ChecksummedChannel.BLOCK_BYTES);
        List<Long> done = new ArrayList<>();
        CheckpointStore.verify(job.path(c), (d, total) -> {
            done.add(d);
            assertThat(total).isEqualTo(manifestBytes(job.path(c)));
        });
        assertThat(done).isSorted().hasSize(5).endsWith(manifestBytes(job.path(c)));
        assertThat(LongStream.of(done.get(0))).containsExactly((long) ChecksummedChannel.BLOCK_BYTES);
    }

    private static long manifestBytes(Path checkpoint) {
        try {
            return CheckpointStore.manifest(checkpoint).bytes();
        } catch (StoreProblem | IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void file_names_that_lead_elsewhere_are_refused() throws Exception {
        try (CheckpointWriter writer = Job.start(root(), 1).attempt().write(1)) {
            for (String name : List.of("", ".", "..", "../x", "a/b", "/x", "manifest.json", ".hidden", "a\0b")) {
                assertThatThrownBy(() -> writer.file(name, "x")).as(name).isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    @Test
    void trainer_state_has_the_keys_that_people_know() throws Exception {
        String text = TrainerState.of(500, Double.NaN).text();
        assertThat(Json.read(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .containsOnlyKeys(HUGGING_FACE_KEYS.split("\\s+"))
                .containsEntry("global_step", 500L)
                .containsEntry("epoch", null);
    }

    @Test
    void what_trainer_state_says_is_read_again_numbers_or_not() throws Exception {
        TrainerState written = new TrainerState(
                20,
                2.0,
                40,
                4,
                OptionalLong.of(5),
                OptionalLong.of(32),
                2,
                1,
                Optional.of(new TrainerState.Best(10, 0.5, "checkpoint-10")),
                List.of(
                        new LogEntry(10, Double.NaN, Map.of("loss", 0.25, "lr", Double.NaN)),
                        new LogEntry(20, 2.0, Map.of("eval_loss", Double.NEGATIVE_INFINITY))));
        Path checkpoint = Files.createDirectories(root().resolve("checkpoint-20"));
        Files.writeString(checkpoint.resolve(TrainerState.FILE), written.text());
        assertThat(written.text()).contains("\"NaN\"", "\"-Infinity\"");
        assertThat(TrainerState.read(checkpoint)).isEqualTo(written);

        for (String wrong : List.of("\"loss\" : [ ]", "\"loss\" : \"x\"")) {
            Files.writeString(
                    checkpoint.resolve(TrainerState.FILE), written.text().replace("\"loss\" : 0.25", wrong));
            assertThatThrownBy(() -> TrainerState.read(checkpoint))
                    .isInstanceOf(java.io.IOException.class)
                    .hasMessageContaining("a metric that is no number");
        }
    }
}
