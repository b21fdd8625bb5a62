package demo;

import ai.djl.metric.Metrics;
import ai.djl.training.Trainer;
import ai.djl.training.evaluator.Evaluator;
import ai.djl.training.listener.EvaluatorTrainingListener;
import ai.djl.training.listener.TrainingListenerAdapter;
import java.util.ArrayList;
import java.util.List;

/** Prints and keeps each epoch's loss and accuracy. */
final class EpochHistory extends TrainingListenerAdapter {

    private static final List<String> STAGES =
            List.of(EvaluatorTrainingListener.TRAIN_EPOCH, EvaluatorTrainingListener.VALIDATE_EPOCH);

    private final List<Float> values = new ArrayList<>();
    private int epochs;

    @Override
    public void onEpoch(Trainer trainer) {
        epochs++;
        StringBuilder line = new StringBuilder("epoch ").append(epochs);
        Metrics metrics = trainer.getMetrics();
        for (String stage : STAGES) {
            for (Evaluator evaluator : trainer.getEvaluators()) {
                String name = EvaluatorTrainingListener.metricName(evaluator, stage);
                float value = metrics.latestMetric(name).getValue().floatValue();
                values.add(value);
                line.append(' ').append(name).append(' ').append(value);
            }
        }
        System.out.println(line);
    }

    /** Returns all values so far, in the order in which they were measured. */
    double[] values() {
        return values.stream().mapToDouble(Float::doubleValue).toArray();
    }
}
