package dev.belay.cli.report;

import dev.belay.engine.history.MetricHistory;
import dev.belay.engine.history.MetricHistory.Point;
import dev.belay.engine.history.RunHistory;
import dev.belay.engine.history.SavedCheckpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;

/** Which curves go into one chart. */
final class Curves {

    private static final String VALIDATION = "eval_";
    private static final String LOSS = "loss";

    private Curves() {}

    /** Returns for each metric its curve in training and its curve in validation; the loss comes first. */
    static Map<String, List<Series>> byMetric(MetricHistory metrics) {
        Map<String, List<Series>> charts = new TreeMap<>((a, b) -> {
            int byLoss = Boolean.compare(!a.equals(LOSS), !b.equals(LOSS));
            return byLoss != 0 ? byLoss : a.compareTo(b);
        });
        metrics.series().forEach((name, points) -> {
            boolean validation = name.startsWith(VALIDATION);
            String metric = validation ? name.substring(VALIDATION.length()) : name;
            List<Series> both = charts.computeIfAbsent(metric, m -> new ArrayList<>());
            both.add(validation ? both.size() : 0, new Series(name, points, false));
        });
        return charts;
    }

    /** Returns what checkpoints took, in time and in bytes; a chart without a value is left out. */
    static List<Chart> ofCheckpoints(RunHistory history, Marks marks) {
        List<SavedCheckpoint> all = history.checkpoints();
        List<Chart> charts = new ArrayList<>();
        add(
                charts,
                Chart.Unit.TIME,
                List.of(
                        dots("stall", all, SavedCheckpoint::stallMillis),
                        dots("writing", all, SavedCheckpoint::writeMillis)),
                marks);
        add(
                charts,
                Chart.Unit.SIZE,
                List.of(
                        dots("written", all, c -> real(c.bytes())),
                        dots("taken over unchanged", all, c -> real(c.sharedBytes()))),
                marks);
        return charts;
    }

    private static void add(List<Chart> charts, Chart.Unit unit, List<Series> series, Marks marks) {
        List<Series> drawn = series.stream()
                .filter(s -> s.points().stream().anyMatch(p -> p.value() > 0))
                .toList();
        if (!drawn.isEmpty()) {
            charts.add(Chart.of(unit.title(), unit, drawn, marks));
        }
    }

    private static OptionalDouble real(java.util.OptionalLong number) {
        return number.isPresent() ? OptionalDouble.of(number.getAsLong()) : OptionalDouble.empty();
    }

    private static Series dots(
            String name, List<SavedCheckpoint> all, Function<SavedCheckpoint, OptionalDouble> value) {
        List<Point> points = all.stream()
                .filter(c -> value.apply(c).isPresent())
                .map(c -> new Point(c.step(), value.apply(c).getAsDouble()))
                .toList();
        return new Series(name, points, true);
    }
}
