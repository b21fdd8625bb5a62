package dev.belay.engine;

import dev.belay.store.JsonFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a checkpoint's {@code trainer_state.json} says, by the keys that users of the Hugging Face Trainer know. A key that
 * is missing, or of another type, says nothing.
 *
 * @param values all keys
 */
record TrainerNotes(Map<String, Object> values) {

    static final String FILE = "trainer_state.json";
    private static final String EVALUATION = "eval_";
    private static final Set<String> NO_METRICS = Set.of("step", "epoch", "learning_rate", "grad_norm", "total_flos");

    /** Reads the file; one that is missing or damaged says nothing, and a verification tells why. */
    static TrainerNotes of(Path checkpoint) {
        Path file = checkpoint.resolve(FILE);
        try {
            return new TrainerNotes(Files.isRegularFile(file) ? JsonFile.read(file) : Map.of());
        } catch (IOException e) {
            return new TrainerNotes(Map.of());
        }
    }

    /** Returns whether this is the best checkpoint so far. A directory may have been moved since: its name counts. */
    boolean isBest(String name, long step) {
        if (values.get("best_model_checkpoint") instanceof String path && !path.isEmpty()) {
            return path.substring(path.lastIndexOf('/') + 1).equals(name);
        }
        return bestStep() == step;
    }

    private long bestStep() {
        return values.get("best_global_step") instanceof Number step ? step.longValue() : CheckpointRow.UNKNOWN;
    }

    /** Returns the name of the metric that decides which is best; empty where it cannot be told. */
    Optional<String> bestMetric() {
        if (!(values.get("best_metric") instanceof Number best)) {
            return Optional.empty();
        }
        return history().stream()
                .filter(e -> number(e, "step").orElse(-1) == bestStep())
                .flatMap(e -> e.entrySet().stream())
                .filter(e -> e.getValue() instanceof Number n
                        && n.doubleValue() == best.doubleValue()
                        && !NO_METRICS.contains(e.getKey()))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Returns the metric to show where none was chosen: a loss of the validation, else one of the training. */
    Optional<String> shownMetric() {
        return bestMetric()
                .or(() -> List.of("eval_loss", "loss").stream()
                        .filter(names()::contains)
                        .findFirst());
    }

    /** Returns the names of all metrics there are. */
    Set<String> names() {
        Set<String> names = new TreeSet<>();
        history()
                .forEach(e -> e.forEach((k, v) -> {
                    if (v instanceof Number && !NO_METRICS.contains(k)) {
                        names.add(k);
                    }
                }));
        return names;
    }

    /** Returns the value that a metric had last; a validation's too if it is named without {@code eval_}. */
    OptionalDouble last(String metric) {
        OptionalDouble last = OptionalDouble.empty();
        Set<String> names = names();
        String name = names.contains(metric) ? metric : EVALUATION + metric;
        for (Map<?, ?> entry : history()) {
            OptionalDouble value = number(entry, name);
            last = value.isPresent() ? value : last;
        }
        return last;
    }

    private static OptionalDouble number(Map<?, ?> entry, String key) {
        return entry.get(key) instanceof Number n ? OptionalDouble.of(n.doubleValue()) : OptionalDouble.empty();
    }

    private List<Map<String, Object>> history() {
        List<Map<String, Object>> entries = new ArrayList<>();
        if (values.get("log_history") instanceof List<?> list) {
            for (Object element : list) {
                if (element instanceof Map<?, ?> map) {
                    Map<String, Object> entry = new java.util.LinkedHashMap<>();
                    map.forEach((k, v) -> entry.put(k.toString(), v));
                    entries.add(entry);
                }
            }
        }
        return entries;
    }
}
