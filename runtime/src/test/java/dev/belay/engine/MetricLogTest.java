package dev.belay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.store.LogEntry;
import dev.belay.store.TrainerState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MetricLogTest {

    private final MetricLog log = new MetricLog();

    private static LogEntry entry(long step, double epoch, Map<String, Double> values) {
        return new LogEntry(step, epoch, values);
    }

    private static TrainerState saved(MetricLog log, long step) {
        return new TrainerState(
                step,
                Double.NaN,
                0,
                0,
                OptionalLong.empty(),
                OptionalLong.empty(),
                log.loggingSteps(),
                log.evalSteps(),
                Optional.empty(),
                log.history());
    }

    private static MetricLog resumed(MetricLog log, long step) {
        MetricLog next = new MetricLog();
        next.restore(saved(log, step));
        return next;
    }

    @Test
    void training_and_validation_have_entries_of_their_own_in_the_order_of_their_steps() {
        log.report("loss", 0.5, 10, 1.0);
        log.report("eval_loss", 0.7, 10, 1.0);
        log.report("rate", 0.1, 10, 1.0);
        log.report("loss", 0.4, 20, 2.0);
        log.report("eval_accuracy", 0.9, 20, 2.0);
        assertThat(log.history())
                .containsExactly(
                        entry(10, 1.0, Map.of("loss", 0.5, "rate", 0.1)),
                        entry(10, 1.0, Map.of("eval_loss", 0.7)),
                        entry(20, 2.0, Map.of("loss", 0.4)),
                        entry(20, 2.0, Map.of("eval_accuracy", 0.9)));
        assertThat(log.names()).containsExactly("eval_accuracy", "eval_loss", "loss", "rate");
    }

    @Test
    void a_name_stands_for_the_validation_metric_first() {
        log.report("loss", 0.5, 10, 1.0);
        assertThat(log.latest("loss")).contains(new MetricLog.Metric("loss", 0.5, 10, 1.0));
        log.report("eval_loss", Double.NaN, 10, 1.0);
        assertThat(log.latest("loss")).contains(new MetricLog.Metric("eval_loss", Double.NaN, 10, 1.0));
        assertThat(log.latest("eval_loss")).isEqualTo(log.latest("loss"));
        assertThat(log.latest("los")).isEmpty();
    }

    @Test
    void what_is_reported_again_after_a_resume_is_there_once() {
        log.report("loss", 0.5, 10, 1.0);
        MetricLog saved = resumed(log, 10);
        saved.report("loss", 0.5, 10, 1.0);
        assertThat(saved.history()).isEqualTo(log.history());
        saved.report("loss", 0.4, 11, 1.1);
        assertThat(saved.history()).isNotEqualTo(log.history());
    }

    @Test
    void what_was_reported_after_the_saved_step_is_dropped() {
        log.report("loss", 0.5, 10, 1.0);
        log.report("loss", 0.4, 11, 1.1);
        log.report("rate", 0.4, 11, 1.1);
        assertThat(resumed(log, 10).history()).containsExactly(entry(10, 1.0, Map.of("loss", 0.5)));
        log.dropAfter(10);
        assertThat(log.names()).containsExactly("loss");
        assertThat(log.latest("loss").orElseThrow().value()).isEqualTo(0.5);
    }

    @Test
    void entries_of_the_first_epoch_are_told_their_place_when_its_length_is_known() {
        log.report("loss", 0.5, 5, Double.NaN);
        log.report("eval_loss", 0.5, 10, Double.NaN);
        log.fillEpochs(0, 10, 0);
        assertThat(log.history())
                .containsExactly(entry(5, 0.5, Map.of("loss", 0.5)), entry(10, 1.0, Map.of("eval_loss", 0.5)));
    }

    @Test
    void a_long_run_keeps_a_bounded_log_and_the_latest_value_of_each_metric() {
        log.report("once", 7, 3, Double.NaN);
        for (int step = 1; step <= 1_000_000; step++) {
            log.report("loss", step, step, Double.NaN);
        }
        assertThat(log.history()).hasSizeBetween(MetricEntries.MOST / 2, MetricEntries.MOST);
        assertThat(log.latest("once").orElseThrow().value()).isEqualTo(7);
        assertThat(log.latest("loss").orElseThrow().step()).isEqualTo(1_000_000);
        assertThat(log.loggingSteps()).isEqualTo(512);
        assertThat(log.evalSteps()).isEqualTo(1);
    }

    @Test
    void kills_change_nothing_in_what_a_long_run_keeps() {
        long seed = 20_261_125;
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        MetricLog killed = new MetricLog();
        for (int step = 1; step <= 20_000; step++) {
            for (String name : List.of("loss", "eval_loss", "rate", "seldom")) {
                if (random.nextInt(name.equals("seldom") ? 900 : 3) == 0) {
                    double value = random.nextDouble();
                    log.report(name, value, step, Double.NaN);
                    killed.report(name, value, step, Double.NaN);
                }
            }
            if (random.nextInt(100) == 0) {
                TrainerState saved = saved(killed, step);
                killed.report("loss", -1, step + 1, Double.NaN); // lost
                killed = new MetricLog();
                killed.restore(saved);
            }
        }
        assertThat(killed.history()).isEqualTo(log.history());
        assertThat(killed.loggingSteps()).isEqualTo(log.loggingSteps()).isGreaterThan(1);
        for (String name : log.names()) {
            assertThat(killed.latest(name)).isEqualTo(log.latest(name));
        }
    }
}
