package demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EpochMetricsTest {

    @Test
    void the_csv_holds_every_epoch_and_replaces_the_file(@TempDir Path directory) throws IOException {
        Path csv = directory.resolve("metrics.csv");
        EpochMetrics first = new EpochMetrics(1, 47, 2.5, 1.25, 0.5);
        EpochMetrics second = new EpochMetrics(2, 94, 0.1, 1e-5, 1);

        EpochMetrics.writeCsv(csv, List.of(first, second, second));
        EpochMetrics.writeCsv(csv, List.of(first, second));

        assertThat(csv).hasContent("""
            epoch,step,train_loss,validation_loss,validation_accuracy
            1,47,2.5,1.25,0.5
            2,94,0.1,1.0E-5,1.0
            """);
    }
}
