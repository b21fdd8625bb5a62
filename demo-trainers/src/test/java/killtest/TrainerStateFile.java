package killtest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a checkpoint's {@code trainer_state.json} says, as others read it. */
final class TrainerStateFile {

    private final JsonNode json;

    private TrainerStateFile(JsonNode json) {
        this.json = json;
    }

    static TrainerStateFile of(Path checkpoint) {
        try {
            return new TrainerStateFile(new ObjectMapper()
                    .readTree(checkpoint.resolve("trainer_state.json").toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode get(String key) {
        return json.get(key);
    }

    /** Returns the entries of the log that have a metric. */
    List<JsonNode> entries(String metric) {
        List<JsonNode> entries = new ArrayList<>();
        json.get("log_history").forEach(e -> {
            if (e.has(metric)) {
                entries.add(e);
            }
        });
        return entries;
    }

    /** Returns a metric's values in the order of the steps. */
    List<Double> values(String metric) {
        return entries(metric).stream()
                .map(e -> Double.valueOf(e.get(metric).asText()))
                .toList();
    }

    /** Returns the steps at which a metric was reported. */
    List<Long> steps(String metric) {
        return entries(metric).stream().map(e -> e.get("step").asLong()).toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TrainerStateFile file && json.equals(file.json);
    }

    @Override
    public int hashCode() {
        return json.hashCode();
    }

    @Override
    public String toString() {
        return json.toPrettyString();
    }
}
