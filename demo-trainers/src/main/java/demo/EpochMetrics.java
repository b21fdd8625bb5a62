package demo;

import java.util.Locale;

/** What one epoch of training came to. */
record EpochMetrics(int epoch, int step, double trainLoss, double validationLoss, double validationAccuracy) {

    /** The first line of a file of {@link #row}s. */
    static final String HEADER = "epoch,step,train_loss,validation_loss,validation_accuracy\n";

    /** Returns a line of comma-separated values. */
    String row() {
        return epoch + "," + step + "," + trainLoss + "," + validationLoss + "," + validationAccuracy + "\n";
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "epoch %d: train loss %.4f, validation loss %.4f, accuracy %.1f %%",
                epoch,
                trainLoss,
                validationLoss,
                100 * validationAccuracy);
    }
}
