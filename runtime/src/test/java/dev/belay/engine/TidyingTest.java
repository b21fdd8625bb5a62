package dev.belay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.store.Attempt;
import dev.belay.store.CheckpointStore;
import dev.belay.store.CheckpointWriter;
import dev.belay.store.Committed;
import dev.belay.store.ManifestInfo;
import dev.belay.store.Retention;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes when a real store has a new checkpoint, and what must not go whatever the limit says. */
class TidyingTest {

    @TempDir
    Path root;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private CheckpointStore store;
    private Attempt attempt;
    private Committed newest;

    @BeforeEach
    void open() throws Exception {
        store = CheckpointStore.open(root.resolve("store"), Clock.systemUTC());
        attempt = store.begin(Map.of());
    }

    private Tidying tidying(int limit, int keepBest) {
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        return new Tidying(
                store,
                attempt,
                new Retention(OptionalInt.of(limit), OptionalInt.empty(), keepBest, false),
                new Log(out, Clock.systemUTC(), Log.Level.DEBUG));
    }

    /** Commits a checkpoint of a line of descent; a loss of NaN is one that was not measured at this step. */
    private Map<String, String> save(long step, double loss) throws IOException {
        Map<String, String> notes = new TreeMap<>(Map.of("best", "eval_loss NaN -1 NaN -1 0 0 false"));
        if (!Double.isNaN(loss)) {
            notes.put("metric", "eval_loss " + loss);
        }
        long parent = newest == null ? 0 : newest.step() == step ? newest.parent() : newest.seq();
        try (CheckpointWriter writer = attempt.write(step)) {
            writer.file("model.safetensors", "of step " + step);
            newest = writer.commit(new ManifestInfo(step, Double.NaN, parent, Map.of(), notes));
        }
        return notes;
    }

    private void saveAndTidy(Tidying tidying, long step, double loss) throws IOException {
        long before = newest == null ? 0 : newest.seq();
        Map<String, String> notes = save(step, loss);
        tidying.after(newest, before, notes);
    }

    private List<Long> steps() throws IOException {
        return store.committed().stream().map(Committed::step).toList();
    }

    private void flip(Committed checkpoint) throws IOException {
        Path file = store.directory().resolve(checkpoint.directoryName()).resolve("model.safetensors");
        byte[] bytes = Files.readAllBytes(file);
        bytes[3] ^= 1;
        Files.write(file, bytes);
    }

    @Test
    void the_best_and_the_newest_stay() throws Exception {
        Tidying tidying = tidying(1, 1);
        double[] losses = {3, 1, Double.NaN, 2, 1, 4};
        List<List<Long>> seen = new ArrayList<>();
        for (int i = 0; i < losses.length; i++) {
            saveAndTidy(tidying, 10 * (i + 1), losses[i]);
            seen.add(steps());
        }
        assertThat(seen)
                .containsExactly(
                        List.of(10L),
                        List.of(20L),
                        List.of(30L, 20L),
                        List.of(40L, 20L),
                        List.of(50L, 20L),
                        List.of(60L, 20L));
    }

    @Test
    void one_that_is_damaged_as_soon_as_it_is_written_takes_the_place_of_none() throws Exception {
        Tidying tidying = tidying(1, 0);
        saveAndTidy(tidying, 10, Double.NaN);
        Map<String, String> notes = save(20, Double.NaN);
        flip(newest);
        long before = store.committed().get(1).seq();
        tidying.after(newest, before, notes);
        assertThat(steps())
                .as("a limit of one must not delete the last that is intact")
                .containsExactly(20L, 10L);
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("checkpoint-20 is damaged", "WARN");

        saveAndTidy(tidying, 30, Double.NaN);
        assertThat(steps()).as("a later one is intact").containsExactly(30L);
    }

    @Test
    void one_of_the_same_step_is_replaced_unless_the_new_one_is_damaged() throws Exception {
        Tidying tidying = tidying(2, 1);
        saveAndTidy(tidying, 10, 1);
        long first = newest.seq();
        saveAndTidy(tidying, 10, 1);
        assertThat(store.committed()).extracting(Committed::seq).containsExactly(newest.seq());
        assertThat(newest.seq()).isNotEqualTo(first);

        long second = newest.seq();
        Map<String, String> notes = save(10, 1);
        flip(newest);
        tidying.after(newest, second, notes);
        assertThat(store.committed()).extracting(Committed::seq).containsExactly(newest.seq(), second);
        assertThat(CheckpointStore.verify(store.directory()
                                .resolve(store.committed().get(1).directoryName()))
                        .intact())
                .isTrue();
    }

    @Test
    void one_that_is_being_read_goes_the_next_time() throws Exception {
        Tidying tidying = tidying(1, 0);
        saveAndTidy(tidying, 10, Double.NaN);
        var reading = CheckpointStore.reading(store.directory().resolve("checkpoint-10"));
        saveAndTidy(tidying, 20, Double.NaN);
        assertThat(steps()).containsExactly(20L, 10L);
        reading.close();
        saveAndTidy(tidying, 30, Double.NaN);
        assertThat(steps()).containsExactly(30L);
    }

    @Test
    void the_best_of_an_earlier_search_goes() throws Exception {
        Tidying tidying = tidying(1, 1);
        saveAndTidy(tidying, 10, 1);
        saveAndTidy(tidying, 20, 5);
        assertThat(steps()).containsExactly(20L, 10L);
        Map<String, String> notes = save(30, 4);
        notes.put("best", "eval_loss 4.0 30 4.0 30 0 20 false");
        tidying.after(newest, 0, notes);
        assertThat(steps()).containsExactly(30L);
    }
}
