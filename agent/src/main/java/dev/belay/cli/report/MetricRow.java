package dev.belay.cli.report;

import dev.belay.engine.history.MetricHistory;
import dev.belay.engine.history.MetricHistory.Point;
import java.util.Comparator;
import java.util.List;

/** A metric in numbers. */
record MetricRow(String name, int count, String first, String last, String lowest, String highest) {

    static List<MetricRow> of(MetricHistory metrics) {
        return metrics.series().entrySet().stream()
                .map(e -> of(e.getKey(), e.getValue()))
                .toList();
    }

    private static MetricRow of(String name, List<Point> points) {
        Comparator<Point> byValue = Comparator.comparing(Point::value);
        return new MetricRow(
                name,
                points.size(),
                at(points.get(0)),
                at(points.get(points.size() - 1)),
                at(points.stream().min(byValue).orElseThrow()),
                at(points.stream().max(byValue).orElseThrow()));
    }

    private static String at(Point point) {
        return Figures.value(point.value()) + " at " + point.step();
    }
}
