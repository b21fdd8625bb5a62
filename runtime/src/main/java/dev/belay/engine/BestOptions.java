package dev.belay.engine;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the options say of the best model.
 *
 * @param metric name of the metric that says which it is, as the user wrote it; empty if nobody asks for the best
 * @param greaterIsBetter whether a greater value is a better one
 * @param loadAtEnd whether the best parameters are put into the model when the last loop is left
 * @param patience after how many values without an improvement the loop is left; 0 for never
 * @param threshold by how much a value must be better to count as an improvement
 * @param keepEvery steps of which one checkpoint is kept for good
 * @param keepBest how many of the best checkpoints are kept
 */
public record BestOptions(
        Optional<String> metric,
        boolean greaterIsBetter,
        boolean loadAtEnd,
        int patience,
        double threshold,
        OptionalInt keepEvery,
        int keepBest) {

    /** Nothing is asked for. */
    public static final BestOptions NONE =
            new BestOptions(Optional.empty(), false, false, 0, 0, OptionalInt.empty(), 0);

    /** Returns what holds for a metric if the user does not say, as in the Hugging Face Trainer. */
    public static boolean isGreaterBetter(String metric) {
        return !metric.endsWith("loss");
    }
}
