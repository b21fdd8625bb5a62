package dev.belay.engine.history;

import dev.belay.store.CheckpointStore;
import dev.belay.store.Committed;
import dev.belay.store.JsonFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The {@code log_history} of a checkpoint's {@code trainer_state.json}.
 *
 * @param source the checkpoint it was read from; empty if there is none with such a file
 * @param series by the metric's name, those of a validation with {@code eval_} before it
 * @param notFinite how many values were NaN or infinite: they are in no series
 * @param problems of newer checkpoints, whose history could not be read, one line each
 */
public record MetricHistory(String source, Map<String, List<Point>> series, int notFinite, List<String> problems) {

    /** The value of a metric after a step. */
    public record Point(long step, double value) {}

    private static final String FILE = "trainer_state.json";
    private static final List<String> PLACES = List.of("step", "epoch");

    /** The newest checkpoint has all that was logged on the way to it. */
    static MetricHistory newest(CheckpointStore store) throws IOException {
        List<String> problems = new ArrayList<>();
        for (Committed c : store.committed()) {
            Path file = store.directory().resolve(c.directoryName()).resolve(FILE);
            try {
                if (Files.isRegularFile(file)) {
                    return of(c.directoryName(), JsonFile.read(file), problems);
                }
            } catch (IOException e) { // damaged, or deleted by the job just now
                problems.add("the log_history of " + c.directoryName() + " cannot be read ("
                        + e.getClass().getSimpleName() + ")");
            }
        }
        return new MetricHistory("", Map.of(), 0, problems);
    }

    private static MetricHistory of(String source, Map<String, Object> trainerState, List<String> problems) {
        Map<String, List<Point>> series = new TreeMap<>();
        int notFinite = 0;
        List<?> entries = trainerState.get("log_history") instanceof List<?> list ? list : List.of();
        for (Object entry : entries) {
            if (!(entry instanceof Map<?, ?> values) || !(values.get("step") instanceof Number step)) {
                continue; // of whoever wrote it, and not of a step
            }
            for (Map.Entry<?, ?> e : values.entrySet()) {
                String name = (String) e.getKey();
                if (PLACES.contains(name)) {
                    continue;
                } else if (e.getValue() instanceof Number value && Double.isFinite(value.doubleValue())) {
                    series.computeIfAbsent(name, n -> new ArrayList<>())
                            .add(new Point(step.longValue(), value.doubleValue()));
                } else {
                    notFinite++;
                }
            }
        }
        return new MetricHistory(source, series, notFinite, problems);
    }
}
