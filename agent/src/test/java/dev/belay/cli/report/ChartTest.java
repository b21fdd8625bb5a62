package dev.belay.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.engine.history.MetricHistory.Point;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChartTest {

    private static List<String> labels(double min, double max) {
        return Scale.around(min, max).ticks(Figures::value).stream()
                .map(Scale.Tick::label)
                .toList();
    }

    @Test
    void scales_begin_and_end_at_round_values_around_all() {
        assertThat(labels(0.13, 0.87)).containsExactly("0", "0.2", "0.4", "0.6", "0.8", "1");
        assertThat(labels(-3, 11)).containsExactly("-5", "0", "5", "10", "15");
        assertThat(labels(7, 7)).first().isEqualTo("2");
        assertThat(labels(0, 0)).contains("0");
        assertThat(labels(0.002, 3)).containsExactly("0.001", "0.01", "0.1", "1", "10");
        assertThat(Scale.around(-1, 100).logarithmic()).isFalse();
    }

    @Test
    void places_are_between_0_and_1_and_in_order() {
        for (Scale scale : List.of(Scale.around(0.01, 5), Scale.around(1, 2), Scale.ofSteps(0))) {
            double before = -1;
            for (int i = 0; i <= 10; i++) {
                double place = scale.place(scale.low() + i * (scale.high() - scale.low()) / 10);
                assertThat(place).isBetween(0.0, 1.0).isGreaterThan(before);
                before = place;
            }
        }
    }

    @Test
    void a_long_curve_is_thinned_and_keeps_its_peaks_and_its_order() {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            points.add(new Point(i, i == 77_777 ? 9 : i == 12_345 ? -9 : Math.sin(i)));
        }
        List<Point> thinned = new Series("loss", points, false).thinned().points();
        assertThat(thinned).hasSizeBetween(600, 1_200);
        assertThat(thinned).contains(new Point(77_777, 9), new Point(12_345, -9));
        assertThat(thinned).isSortedAccordingTo((a, b) -> Long.compare(a.step(), b.step()));
    }

    @Test
    void numbers_are_short_and_tell_something() {
        assertThat(List.of(0.5, 1234.5, 0.000012, 3.0, 1e9, -0.25, 0.0).stream().map(Figures::value))
                .containsExactly("0.5", "1234.5", "1.200e-05", "3", "1.000e+09", "-0.25", "0");
        assertThat(Figures.size(999)).isEqualTo("999 B");
        assertThat(Figures.size(1_500_000)).isEqualTo("1.5 MB");
        assertThat(Figures.millis(0.5)).isEqualTo("0.50 ms");
        assertThat(Figures.millis(2_500)).isEqualTo("2.5 s");
        assertThat(Figures.count(1_234_567)).isEqualTo("1\u202f234\u202f567");
        assertThat(Figures.count(1, "step")).isEqualTo("1 step");
    }
}
