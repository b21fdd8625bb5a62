package dev.belay.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What {@code trainer_state.json} says, under the keys that users of the Hugging Face Trainer know. All of it is strict JSON:
 * a value that is no finite number is the text {@code NaN}, {@code Infinity} or {@code -Infinity}.
 *
 * @param globalStep updates done
 * @param epoch epochs done, with a fraction; NaN where unknown
 * @param maxSteps how many updates the whole run makes; 0 where unknown
 * @param numTrainEpochs how many epochs the whole run has; 0 where unknown
 * @param saveSteps updates between checkpoints, where they decide when to save
 * @param trainBatchSize samples per batch, where a framework tells
 * @param loggingSteps of the steps that reported metrics, those are kept that this divides
 * @param evalSteps the same of validations
 * @param best the best checkpoint so far, where a metric says which
 * @param logHistory the metrics, from the oldest on
 */
public record TrainerState(
        long globalStep,
        double epoch,
        long maxSteps,
        long numTrainEpochs,
        OptionalLong saveSteps,
        OptionalLong trainBatchSize,
        long loggingSteps,
        long evalSteps,
        Optional<Best> best,
        List<LogEntry> logHistory) {

    /** The name of its file in a checkpoint. */
    public static final String FILE = "trainer_state.json";

    /**
     * The best checkpoint.
     *
     * @param step updates done there
     * @param metric its value; never NaN
     * @param checkpoint its directory, relative to the output_dir
     */
    public record Best(long step, double metric, String checkpoint) {}

    public TrainerState {
        logHistory = List.copyOf(logHistory);
    }

    /** Returns the state of a run of which nothing else is known. */
    public static TrainerState of(long step, double epoch) {
        return new TrainerState(
                step, epoch, 0, 0, OptionalLong.empty(), OptionalLong.empty(), 1, 1, Optional.empty(), List.of());
    }

    /** Returns it with the best checkpoint so far. */
    public TrainerState with(Optional<Best> found) {
        return new TrainerState(
                globalStep,
                epoch,
                maxSteps,
                numTrainEpochs,
                saveSteps,
                trainBatchSize,
                loggingSteps,
                evalSteps,
                found,
                logHistory);
    }

    /** Returns the text of the file. */
    public String text() {
        Map<String, Object> state = new TreeMap<>();
        state.put("best_global_step", best.map(Best::step).orElse(null));
        state.put("best_metric", best.map(b -> LogEntry.json(b.metric())).orElse(null));
        state.put("best_model_checkpoint", best.map(Best::checkpoint).orElse(null));
        state.put("epoch", Double.isNaN(epoch) ? null : epoch);
        state.put("eval_steps", evalSteps == 1 ? null : evalSteps);
        state.put("global_step", globalStep);
        state.put("is_hyper_param_search", false);
        state.put("is_local_process_zero", true);
        state.put("is_world_process_zero", true);
        state.put("log_history", logHistory.stream().map(LogEntry::json).toList());
        state.put("logging_steps", loggingSteps);
        state.put("max_steps", maxSteps);
        state.put("num_input_tokens_seen", 0);
        state.put("num_train_epochs", numTrainEpochs);
        state.put("save_steps", boxed(saveSteps));
        state.put("stateful_callbacks", Map.of());
        state.put("total_flos", 0);
        state.put("train_batch_size", boxed(trainBatchSize));
        state.put("trial_name", null);
        state.put("trial_params", null);
        return Json.write(state) + "\n";
    }

    private static Long boxed(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }

    /**
     * Reads the file of a checkpoint.
     *
     * @throws IOException also if it holds something else
     */
    public static TrainerState read(Path checkpoint) throws IOException {
        Path file = checkpoint.resolve(FILE);
        try {
            return read(Json.read(Files.readAllBytes(file)));
        } catch (Damage e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private static TrainerState read(Map<String, Object> json) throws Damage {
        Fields fields = new Fields(json);
        List<LogEntry> history = new ArrayList<>();
        for (Object entry : fields.list("log_history")) {
            history.add(LogEntry.read(entry));
        }
        Optional<Best> best = json.get("best_global_step") == null
                ? Optional.empty()
                : Optional.of(new Best(
                        fields.number("best_global_step"),
                        LogEntry.number(json.get("best_metric")),
                        fields.text("best_model_checkpoint")));
        return new TrainerState(
                fields.number("global_step"),
                fields.real("epoch"),
                fields.number("max_steps"),
                fields.number("num_train_epochs"),
                optional(fields, json, "save_steps"),
                optional(fields, json, "train_batch_size"),
                optional(fields, json, "logging_steps").orElse(1),
                optional(fields, json, "eval_steps").orElse(1),
                best,
                history);
    }

    private static OptionalLong optional(Fields fields, Map<String, Object> json, String name) throws Damage {
        return json.get(name) == null ? OptionalLong.empty() : OptionalLong.of(fields.number(name));
    }
}
