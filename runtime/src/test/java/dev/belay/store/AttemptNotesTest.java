package dev.belay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept for reports: notes beside the log, and remarks in it that earlier versions did not make. */
class AttemptNotesTest {

    @TempDir
    Path root;

    private Map<Long, Map<String, Object>> notes() throws IOException, StoreProblem {
        return CheckpointStore.openReadOnly(root).notes();
    }

    @Test
    void each_attempt_has_its_own_note_and_the_last_one_counts() throws Exception {
        assertThat(notes()).isEmpty();
        Job first = Job.start(root, 1);
        first.attempt().note(Map.of("step", 3L));
        first.attempt().note(Map.of("step", 7L));
        Job second = Job.start(root, 2);
        second.attempt().note(Map.of("step", 9L));
        first.attempt().note(Map.of("step", 8L)); // fenced, but not yet aware of it

        assertThat(notes()).isEqualTo(Map.of(1L, Map.of("step", 8L), 2L, Map.of("step", 9L)));
        assertThat(StoreFiles.names(root.resolve(".belay/attempts")))
                .as("nothing else is left")
                .hasSize(2);
        assertThat(CheckpointStore.openReadOnly(root).logDamage()).isEmpty();
    }

    @Test
    void what_a_killed_attempt_had_begun_to_note_is_cleaned_up_and_half_a_note_is_none() throws Exception {
        Job.start(root, 1).attempt().note(Map.of("step", 3L));
        Path half = Files.writeString(root.resolve(".belay/attempts/.tmp-1-5"), "{\"st");
        Files.writeString(root.resolve(".belay/attempts/00000001.json"), "{\"st");
        assertThat(notes()).isEmpty();

        Job.start(root, 2).attempt().note(Map.of("step", 4L));

        assertThat(half).doesNotExist();
        assertThat(notes()).containsOnlyKeys(2L);
    }

    @Test
    void remarks_of_a_commit_are_in_the_log() throws Exception {
        Job job = Job.start(root, 1);
        try (CheckpointWriter writer = job.attempt().write(5)) {
            writer.file("model.safetensors", "model");
            writer.commit(Job.info(5, 0), Map.of("stall_ms", "1.500"));
        }
        assertThat(CheckpointStore.openReadOnly(root).records())
                .extracting(LogRecord::kind, LogRecord::step, LogRecord::info)
                .containsExactly(
                        tuple(LogRecord.Kind.STARTED, 0L, Map.of("main", "demo.Test")),
                        tuple(LogRecord.Kind.COMMITTED, 5L, Map.of("stall_ms", "1.500")));
    }

    @Test
    void a_log_that_was_written_before_there_were_remarks_is_read() throws Exception {
        Path log = Files.createDirectories(root.resolve(".belay/log"));
        for (long number : List.of(1L, 2L)) {
            String name = FileNames.record(number);
            try (var in = AttemptNotesTest.class.getResourceAsStream("log-1/" + name)) {
                Files.write(log.resolve(name), in.readAllBytes());
            }
        }
        CheckpointStore store = CheckpointStore.openReadOnly(root);
        assertThat(store.logDamage()).isEmpty();
        assertThat(store.records()).hasSize(2);
        LogRecord commit = store.records().get(1);
        assertThat(commit.kind()).isEqualTo(LogRecord.Kind.COMMITTED);
        assertThat(commit.step()).isEqualTo(100);
        assertThat(commit.time()).isEqualTo(Instant.parse("2026-11-23T16:00:00Z"));
        assertThat(commit.info()).isEmpty();
        String text = Files.readString(log.resolve(FileNames.record(2)), StandardCharsets.UTF_8);
        assertThat(new String(commit.seal().text(), StandardCharsets.UTF_8))
                .as("a commit without remarks is written as it was")
                .isEqualTo(text);
    }
}
