package dev.belay.cli.report;

import dev.belay.engine.history.MetricHistory.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;

/**
 * A chart over steps, as the template draws it: lines in a square of 1,000 units that is stretched to the room there is,
 * texts and marks at percentages, so that they keep their size.
 *
 * @param id of its element
 * @param description what it shows, for those who do not see it
 * @param rug the checkpoints, as a path
 */
record Chart(
        String id,
        String title,
        String description,
        boolean logarithmic,
        List<Scale.Tick> steps,
        List<Scale.Tick> values,
        List<Line> lines,
        List<Mark> kills,
        List<Mark> resumes,
        String rug) {

    private static final double SIDE = 1_000;
    private static final int FEW = 60;

    /** How values are written. */
    enum Unit {
        NONE("", Figures::value),
        TIME("Time per checkpoint", Figures::millis),
        SIZE("Bytes per checkpoint", v -> Figures.size((long) v));

        private final String title;
        private final DoubleFunction<String> text;

        Unit(String title, DoubleFunction<String> text) {
            this.title = title;
            this.text = text;
        }

        String title() {
            return title;
        }

        String text(double value) {
            return text.apply(value);
        }
    }

    /**
     * One series.
     *
     * @param index from 1: its look
     * @param path through all values; empty where each stands alone
     * @param dots at the values; empty where there are many
     * @param hover step, place in percent and text of each value
     */
    record Line(int index, String name, String path, String dots, String hover) {}

    /** @param at percent from the left */
    record Mark(String at, long step, String text) {}

    static Chart of(String title, List<Series> series, Marks marks) {
        return of(title, Unit.NONE, series, marks);
    }

    static Chart of(String title, Unit unit, List<Series> series, Marks marks) {
        List<Series> drawn = series.stream().map(Series::thinned).toList();
        long last = drawn.stream()
                .flatMap(s -> s.points().stream())
                .mapToLong(Point::step)
                .max()
                .orElse(0);
        Scale steps = Scale.ofSteps(Math.max(last, marks.lastStep()));
        Scale values = values(drawn);
        List<Line> lines = new ArrayList<>();
        for (Series s : drawn) {
            lines.add(line(lines.size() + 1, s, unit, steps, values));
        }
        return new Chart(
                "chart-" + title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-"),
                title,
                description(series, unit),
                values.logarithmic(),
                steps.ticks(v -> Figures.count((long) v)),
                values.ticks(unit::text),
                lines,
                marks(marks.kills(), steps),
                marks(marks.resumes(), steps),
                rug(marks.checkpoints(), steps, " 1000v30"));
    }

    private static Scale values(List<Series> series) {
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        for (Series s : series) {
            for (Point p : s.points()) {
                min = Math.min(min, p.value());
                max = Math.max(max, p.value());
            }
        }
        return Scale.around(min, max);
    }

    private static String description(List<Series> series, Unit unit) {
        return series.stream().map(s -> words(s, unit)).collect(Collectors.joining("; "));
    }

    private static String words(Series s, Unit unit) {
        Point first = s.points().get(0);
        Point last = s.points().get(s.points().size() - 1);
        return s.name() + ": " + unit.text(first.value()) + " at step " + first.step() + ", " + unit.text(last.value())
                + " at step " + last.step();
    }

    private static Line line(int index, Series series, Unit unit, Scale steps, Scale values) {
        StringBuilder path = new StringBuilder();
        StringBuilder dots = new StringBuilder();
        StringBuilder hover = new StringBuilder();
        for (Point p : series.points()) {
            String at = units(steps.place(p.step())) + " " + units(1 - values.place(p.value()));
            path.append(path.length() == 0 ? "M" : "L").append(at);
            dots.append("M")
                    .append(at)
                    .append("h0"); // a stroke's round end is a dot, whatever the square is stretched to
            hover.append(hover.length() == 0 ? "" : ";")
                    .append(p.step())
                    .append(' ')
                    .append(Figures.percent(steps.place(p.step())))
                    .append(' ')
                    .append(unit.text(p.value()));
        }
        boolean dotted = series.dots() || series.points().size() <= FEW;
        return new Line(
                index,
                series.name(),
                series.dots() ? "" : path.toString(),
                dotted ? dots.toString() : "",
                hover.toString());
    }

    private static String units(double share) {
        return Long.toString(Math.round(SIDE * share));
    }

    private static List<Mark> marks(List<Marks.Event> events, Scale steps) {
        return events.stream()
                .map(e -> new Mark(Figures.percent(steps.place(e.step())), e.step(), e.text()))
                .toList();
    }

    /** @param stroke from the step's place on */
    static String rug(List<Marks.Event> events, Scale steps, String stroke) {
        return events.stream()
                .mapToLong(Marks.Event::step)
                .distinct()
                .mapToObj(s -> "M" + units(steps.place(s)) + stroke)
                .collect(Collectors.joining());
    }
}
