package dev.belay.store;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The text of {@code trainer_state.json}: the keys that users of the Hugging Face Trainer know. */
public final class TrainerState {

    private TrainerState() {}

    /** @param epoch epochs done, with a fraction; NaN where unknown */
    public static String of(long step, double epoch) {
        Map<String, Object> state = new TreeMap<>();
        state.put("best_global_step", null);
        state.put("best_metric", null);
        state.put("best_model_checkpoint", null);
        state.put("epoch", Double.isNaN(epoch) ? null : epoch);
        state.put("eval_steps", null);
        state.put("global_step", step);
        state.put("is_hyper_param_search", false);
        state.put("is_local_process_zero", true);
        state.put("is_world_process_zero", true);
        state.put("log_history", List.of());
        state.put("logging_steps", null);
        state.put("max_steps", 0);
        state.put("num_input_tokens_seen", 0);
        state.put("num_train_epochs", 0);
        state.put("save_steps", null);
        state.put("stateful_callbacks", Map.of());
        state.put("total_flos", 0);
        state.put("train_batch_size", null);
        state.put("trial_name", null);
        state.put("trial_params", null);
        return Json.write(state) + "\n";
    }
}
