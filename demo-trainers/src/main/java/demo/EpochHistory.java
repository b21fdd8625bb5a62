package demo;

import ai.djl.metric.Metrics;
import ai.djl.training.Trainer;
import ai.djl.training.evaluator.Evaluator;
import ai.djl.training.listener.EvaluatorTrainingListener;
import ai.djl.training.listener.TrainingListenerAdapter;
import java.io.FileWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Prints, keeps, and appends to a file, each epoch's loss and accuracy. */
final class EpochHistory extends TrainingListenerAdapter {

    private static final List<String> STAGES =
            List.of(EvaluatorTrainingListener.TRAIN_EPOCH, EvaluatorTrainingListener.VALIDATE_EPOCH);

    private final List<Float> values = new ArrayList<>();
    private final String csv;
    private int epochs;

    /** @param csv the file, which is begun anew */
    EpochHistory(String csv) {
        this.csv = csv;
    }

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
        append(line.toString().replace(' ', ',') + "\n");
    }

    private void append(String row) {
        try (FileWriter writer = new FileWriter(csv, epochs > 1)) {
            writer.write(row);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns all values so far, in the order in which they were measured. */
    double[] values() {
        return values.stream().mapToDouble(Float::doubleValue).toArray();
    }
}
