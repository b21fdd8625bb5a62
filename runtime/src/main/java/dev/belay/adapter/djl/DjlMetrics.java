package dev.belay.adapter.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.DataIterable;
import ai.djl.training.dataset.RandomAccessDataset;
import ai.djl.training.dataset.Sampler;
import ai.djl.training.evaluator.Evaluator;
import dev.belay.state.CaptureSink;
import dev.belay.state.RestoreSource;
import java.lang.StackWalker.StackFrame;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * Losses and evaluators of the open trainers, as {@code loss}, {@code train_loss}, {@code eval_loss}, {@code eval_accuracy}
 * and so on. What is computed while gradients are collected is of training, all else of validation.
 */
final class DjlMetrics {

    private static final String KEY = "djl/metrics";
    private static final Set<String> LOSSES = Set.of("loss", "train_loss", "eval_loss");
    private static final StackWalker STACK = StackWalker.getInstance();
    private static final int FRAMES = 12;

    private final OpenTrainers trainers;
    private final Map<String, TrainerMetrics> byPrefix = new TreeMap<>();
    private long batchSize = -1;
    private boolean began;
    private boolean evaluating;
    private boolean evaluated;

    DjlMetrics(OpenTrainers trainers) {
        this.trainers = trainers;
    }

    /** A data loader was made; the first one is of training. */
    void born(DataIterable loader) {
        Object dataset = PrivateField.get(DataIterable.class, "dataset", loader);
        if (batchSize < 0 && dataset != null) {
            Sampler sampler = (Sampler) PrivateField.get(RandomAccessDataset.class, "sampler", dataset);
            batchSize = sampler == null ? -1 : sampler.getBatchSize();
        }
    }

    OptionalLong batchSize() {
        return batchSize < 0 ? OptionalLong.empty() : OptionalLong.of(batchSize);
    }

    boolean measures(String name) {
        return LOSSES.contains(name) && !trainers.none();
    }

    void evaluated() {
        evaluating = true;
        evaluated = true;
    }

    /** @param collecting whether gradients are collected */
    void measured(Evaluator loss, NDArray result, boolean collecting) {
        String prefix = trainers.prefixOfLoss(loss).orElse(null);
        OptionalDouble value = sum(result);
        if (prefix == null || value.isEmpty()) {
            return; // a part of another loss, or one that no trainer knows
        }
        TrainerMetrics metrics = byPrefix.computeIfAbsent(prefix, p -> new TrainerMetrics());
        if (collecting) {
            began = true;
            evaluating = false;
            metrics.trained(value.getAsDouble());
        } else if (began && (evaluating || !isOfListener())) {
            metrics.validated(value.getAsDouble());
        }
    }

    /** After a training batch, listeners compute its loss again. */
    private static boolean isOfListener() {
        return STACK.walk(frames ->
                frames.limit(FRAMES).map(StackFrame::getMethodName).anyMatch(m -> m.startsWith("updateAccumulator")));
    }

    private static OptionalDouble sum(NDArray result) {
        double sum = 0;
        switch (result.getDataType()) {
            case FLOAT32 -> {
                for (float f : result.toFloatArray()) {
                    sum += f;
                }
            }
            case FLOAT64 -> {
                for (double d : result.toDoubleArray()) {
                    sum += d;
                }
            }
            default -> {
                return OptionalDouble.empty();
            }
        }
        return OptionalDouble.of(sum);
    }

    Map<String, Double> ofStep() {
        Map<String, Double> all = new LinkedHashMap<>();
        byPrefix.forEach((prefix, metrics) -> metrics.step(prefix, all));
        return all;
    }

    Map<String, Double> ofEpoch() {
        Map<String, Double> all = new LinkedHashMap<>();
        for (Map.Entry<String, Trainer> t : trainers.byPrefix().entrySet()) {
            byPrefix.computeIfAbsent(t.getKey(), p -> new TrainerMetrics())
                    .epoch(t.getKey(), t.getValue(), evaluated, all);
        }
        evaluated = false;
        return all;
    }

    void capture(CaptureSink sink) {
        sink.value(KEY, new double[] {batchSize, began ? 1 : 0, evaluating ? 1 : 0, evaluated ? 1 : 0});
        byPrefix.forEach((prefix, metrics) -> sink.value(KEY + "/" + prefix, metrics.state()));
    }

    void restore(RestoreSource source) {
        source.value(KEY).map(double[].class::cast).ifPresent(flags -> {
            batchSize = (long) flags[0];
            began = flags[1] == 1;
            evaluating = flags[2] == 1;
            evaluated = flags[3] == 1;
        });
        byPrefix.clear();
        for (String key : source.keys()) {
            if (key.startsWith(KEY + "/")) {
                TrainerMetrics metrics = new TrainerMetrics();
                metrics.restore((double[]) source.value(key).orElseThrow());
                byPrefix.put(key.substring(KEY.length() + 1), metrics);
            }
        }
    }
}
