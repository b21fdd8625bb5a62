package demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What one epoch of training came to. */
record EpochMetrics(int epoch, int step, double trainLoss, double validationLoss, double validationAccuracy) {

    private static final String HEADER = "epoch,step,train_loss,validation_loss,validation_accuracy\n";

    /** Writes all epochs so far, replacing the file. */
    static void writeCsv(Path file, List<EpochMetrics> epochs) throws IOException {
        Files.writeString(file, epochs.stream().map(EpochMetrics::row).collect(Collectors.joining("", HEADER, "")));
    }

    private String row() {
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
