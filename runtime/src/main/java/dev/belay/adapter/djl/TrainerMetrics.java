package dev.belay.adapter.djl;

import ai.djl.training.Trainer;
import ai.djl.training.TrainingResult;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the loss of one trainer came to since its last step and since its last epoch; what its listeners say of an epoch comes
 * first. The sums are state: a checkpoint in the middle of an epoch has half of them.
 */
final class TrainerMetrics {

    private static final String TRAIN = "train_";
    private static final String VALIDATE = "validate_";
    private static final String LOSS = "loss";

    /** Sums and counts of the step, of training and of validation; last, the epoch that was told last. */
    private final double[] state = new double[7];

    private static final int STEP = 0;
    private static final int TRAINING = 2;
    private static final int VALIDATION = 4;
    private static final int EPOCH = 6;

    void trained(double loss) {
        add(STEP, loss);
        add(TRAINING, loss);
    }

    void validated(double loss) {
        add(VALIDATION, loss);
    }

    private void add(int sum, double value) {
        state[sum] += value;
        state[sum + 1]++;
    }

    private Optional<Double> takeMean(int sum) {
        double mean = state[sum] / state[sum + 1];
        boolean any = state[sum + 1] > 0;
        state[sum] = 0;
        state[sum + 1] = 0;
        return any ? Optional.of(mean) : Optional.empty();
    }

    /** @param prefix of the names, empty for the first trainer */
    void step(String prefix, Map<String, Double> into) {
        takeMean(STEP).ifPresent(mean -> into.put(prefix + LOSS, (float) (double) mean == mean ? decimal(mean) : mean));
    }

    /** @param validated whether anything was validated, so that NaN is a value */
    void epoch(String prefix, Trainer trainer, boolean validated, Map<String, Double> into) {
        takeMean(TRAINING).ifPresent(mean -> into.put(prefix + TRAIN + LOSS, mean));
        takeMean(VALIDATION).ifPresent(mean -> into.put(evaluation(prefix, LOSS), mean));
        TrainingResult told = trainer.getTrainingResult();
        if (told.getEvaluations() == null || told.getEpoch() > 0 && told.getEpoch() == state[EPOCH]) {
            return; // no listener knows, or what it knows is of an epoch before
        }
        state[EPOCH] = told.getEpoch();
        told.getEvaluations().forEach((name, value) -> {
            if (name.equals(TRAIN + trainer.getLoss().getName())
                    || name.equals(VALIDATE + trainer.getLoss().getName())) {
                return; // it is there as loss
            } else if (name.startsWith(TRAIN)) {
                into.put(prefix + TRAIN + snake(name.substring(TRAIN.length())), decimal(value));
            } else if (name.startsWith(VALIDATE) && (validated || !value.isNaN())) {
                into.put(evaluation(prefix, snake(name.substring(VALIDATE.length()))), decimal(value));
            }
        });
    }

    private static String evaluation(String prefix, String name) {
        return "eval_" + prefix + name;
    }

    /** DJL's evaluators are named like classes. */
    private static String snake(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                .replaceAll("[^A-Za-z0-9]+", "_")
                .toLowerCase(Locale.ROOT);
    }

    /** Returns the shortest decimal number that is this float, as people would write it. */
    private static double decimal(double value) {
        return Double.parseDouble(Float.toString((float) value));
    }

    double[] state() {
        return state.clone();
    }

    void restore(double[] saved) {
        System.arraycopy(saved, 0, state, 0, state.length);
    }
}
