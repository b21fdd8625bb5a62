package dev.belay.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BestMetricTest {

    private static final double NAN = Double.NaN;

    /** Returns after how many values it stops; 0 if it does not. */
    private static int stopsAfter(BestMetric metric, double... values) {
        for (int i = 0; i < values.length; i++) {
            metric.seen(values[i], i + 1);
            if (metric.stops()) {
                return i + 1;
            }
        }
        return 0;
    }

    @Test
    void only_what_is_strictly_better_is_a_new_best() {
        BestMetric loss = new BestMetric(false, 0, 0);
        assertThat(loss.seen(2, 10)).isTrue();
        assertThat(loss.seen(2, 20)).isFalse();
        assertThat(loss.seen(2.5, 30)).isFalse();
        assertThat(loss.seen(1, 40)).isTrue();
        assertThat(loss.state().best()).isEqualTo(1);
        assertThat(loss.state().bestStep()).isEqualTo(40);
        BestMetric accuracy = new BestMetric(true, 0, 0);
        assertThat(accuracy.seen(0, 1)).isTrue();
        assertThat(accuracy.seen(-0.0, 2)).isFalse();
        assertThat(accuracy.seen(Double.POSITIVE_INFINITY, 3)).isTrue();
        assertThat(accuracy.seen(Double.POSITIVE_INFINITY, 4)).isFalse();
    }

    @Test
    void nan_is_never_the_best_and_hides_no_best() {
        for (boolean greater : new boolean[] {false, true}) {
            BestMetric metric = new BestMetric(greater, 0, 0);
            assertThat(metric.seen(NAN, 1)).isFalse();
            assertThat(metric.state().bestStep()).isEqualTo(-1);
            assertThat(metric.seen(5, 2)).isTrue();
            assertThat(metric.seen(NAN, 3)).isFalse();
            assertThat(metric.state().best()).isEqualTo(5);
            assertThat(metric.seen(greater ? 6 : 4, 4)).isTrue();
        }
    }

    @Test
    void it_stops_after_so_many_values_without_an_improvement() {
        assertThat(stopsAfter(new BestMetric(false, 2, 0), 5, 4, 4, 3, 3, 3, 3)).isEqualTo(6);
        assertThat(stopsAfter(new BestMetric(true, 1, 0), 1, 2, 3, 3)).isEqualTo(4);
        assertThat(stopsAfter(new BestMetric(true, 3, 0), 1, 2, 3, 3, 3)).isZero();
        assertThat(stopsAfter(new BestMetric(false, 0, 0), 1, 2, 3, 4, 5)).isZero();
        assertThat(stopsAfter(new BestMetric(false, 2, 0), NAN, NAN, 1)).isEqualTo(2);
    }

    /** As in the Hugging Face Trainer, the best moves also by less than the threshold. */
    @Test
    void an_improvement_below_the_threshold_is_a_best_but_no_reason_to_go_on() {
        BestMetric metric = new BestMetric(false, 2, 0.1);
        assertThat(metric.seen(1, 1)).isTrue();
        assertThat(metric.seen(0.95, 2)).isTrue();
        assertThat(metric.stops()).isFalse();
        assertThat(metric.seen(0.9, 3)).isTrue();
        assertThat(metric.stops()).isTrue();
        assertThat(stopsAfter(new BestMetric(false, 2, 0.1), 1, 0.85, 0.7, 0.55, 0.4))
                .isZero();
    }

    @Test
    void another_loop_begins_anew_and_what_was_saved_before_is_none_of_it() {
        BestMetric metric = new BestMetric(false, 2, 0);
        assertThat(stopsAfter(metric, 1, 2, 3)).isEqualTo(3);
        metric.loopEnded();
        assertThat(metric.state().best()).as("known until the next value").isEqualTo(1);
        assertThat(metric.stops()).isFalse();
        assertThat(metric.seen(7, 40)).isTrue();
        assertThat(metric.state().since()).isEqualTo(3);
        assertThat(stopsAfter(metric, 8, 9)).isEqualTo(2);
    }

    @Test
    void a_run_that_goes_on_from_a_saved_state_stops_where_one_that_was_never_killed_does() {
        long seed = 4;
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int run = 0; run < 2_000; run++) {
            boolean greater = random.nextBoolean();
            int patience = 1 + random.nextInt(4);
            double threshold = random.nextInt(3) / 2.0;
            BestMetric whole = new BestMetric(greater, patience, threshold);
            BestMetric killed = new BestMetric(greater, patience, threshold);
            int kill = random.nextInt(20);
            for (int i = 0; i < 20; i++) {
                if (i == kill) {
                    BestMetric resumed = new BestMetric(greater, patience, threshold);
                    resumed.restore(BestMetric.State.of(killed.state().text()));
                    killed = resumed;
                }
                double value = random.nextInt(9) == 0 ? NAN : random.nextInt(6);
                assertThat(killed.seen(value, i)).as("run %d", run).isEqualTo(whole.seen(value, i));
                assertThat(killed.stops()).as("run %d", run).isEqualTo(whole.stops());
                if (random.nextInt(8) == 0) {
                    whole.loopEnded();
                    killed.loopEnded();
                }
            }
            assertThat(killed.state()).as("run %d", run).isEqualTo(whole.state());
        }
    }

    @Test
    void a_text_that_is_no_state_is_refused() {
        assertThatThrownBy(() -> BestMetric.State.of("1 2 3")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BestMetric.State.of("1 2 3 4 x 6 true")).isInstanceOf(IllegalArgumentException.class);
    }
}
