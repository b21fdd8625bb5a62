package dev.belay.cli.report;

import dev.belay.engine.history.MetricHistory.Point;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Values over steps, to be drawn.
 *
 * @param name what the legend says
 * @param dots whether each value stands alone
 */
record Series(String name, List<Point> points, boolean dots) {

    /** More cannot be told apart on a screen. */
    private static final int MOST = 1_200;

    Series {
        points = List.copyOf(points);
    }

    /** Returns a curve that keeps the peaks: of each stretch the lowest and the highest value. */
    Series thinned() {
        if (points.size() <= MOST) {
            return this;
        }
        List<Point> kept = new ArrayList<>();
        int stretches = MOST / 2;
        for (int i = 0; i < stretches; i++) {
            List<Point> stretch = points.subList(
                    (int) ((long) points.size() * i / stretches), (int) ((long) points.size() * (i + 1) / stretches));
            Point low = stretch.stream().min(Comparator.comparing(Point::value)).orElseThrow();
            Point high =
                    stretch.stream().max(Comparator.comparing(Point::value)).orElseThrow();
            kept.add(stretch.indexOf(low) <= stretch.indexOf(high) ? low : high);
            if (low != high) {
                kept.add(kept.get(kept.size() - 1) == low ? high : low);
            }
        }
        return new Series(name, kept, dots);
    }
}
