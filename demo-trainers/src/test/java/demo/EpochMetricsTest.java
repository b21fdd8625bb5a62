package demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EpochMetricsTest {

    @Test
    void rows_hold_all_digits_and_match_the_header() {
        EpochMetrics first = new EpochMetrics(1, 47, 2.5, 1.25, 0.5);
        EpochMetrics second = new EpochMetrics(2, 94, 0.1, 1e-5, 1);

        assertThat(EpochMetrics.HEADER + first.row() + second.row()).isEqualTo("""
            epoch,step,train_loss,validation_loss,validation_accuracy
            1,47,2.5,1.25,0.5
            2,94,0.1,1.0E-5,1.0
            """);
    }
}
