package dev.belay.cli.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * Places values on an axis.
 *
 * @param low value at its begin
 * @param high value at its end, above {@code low}
 * @param logarithmic whether equal ratios are equally long; all values MUST be positive then
 */
record Scale(double low, double high, boolean logarithmic) {

    private static final int WANTED_TICKS = 5;
    private static final double WIDE = 50;
    private static final double BASE = 10;
    private static final double PERCENT = 100;
    private static final double SLACK = 1e-9;

    /**
     * A labelled place.
     *
     * @param at percent from the begin, as text
     * @param fromEnd percent from the end
     */
    record Tick(String at, String fromEnd, String label) {

        private static final double EDGE = 4;

        /** Returns which part of the label stands at the place, so that none leaves the chart at its sides. */
        String anchor() {
            double place = Double.parseDouble(at);
            return place < EDGE ? "start" : place > PERCENT - EDGE ? "end" : "middle";
        }
    }

    /** Returns a scale for values that holds them all and begins and ends at round ones; wide ranges are logarithmic. */
    static Scale around(double min, double max) {
        if (min > 0 && max / min >= WIDE) {
            return new Scale(Math.pow(BASE, floorLog(min)), Math.pow(BASE, ceilLog(max)), true);
        }
        double spread = max > min ? max - min : Math.max(Math.abs(max), 1);
        double low = max > min ? min : min - spread / 2;
        double high = max > min ? max : max + spread / 2;
        double step = step(high - low);
        return new Scale(step * Math.floor(low / step + SLACK), step * Math.ceil(high / step - SLACK), false);
    }

    /** Returns a scale of steps, which begins at 0. */
    static Scale ofSteps(long last) {
        return new Scale(0, Math.max(1, last), false);
    }

    private static double floorLog(double value) {
        return Math.floor(Math.log10(value) + SLACK);
    }

    private static double ceilLog(double value) {
        return Math.ceil(Math.log10(value) - SLACK);
    }

    /** Returns 1, 2 or 5 times a power of ten, about a fifth of the range. */
    private static double step(double range) {
        double rough = range / WANTED_TICKS;
        double power = Math.pow(BASE, Math.floor(Math.log10(rough)));
        for (double factor : new double[] {1, 2, 5}) {
            if (rough <= factor * power * (1 + SLACK)) {
                return factor * power;
            }
        }
        return BASE * power;
    }

    /** Returns where a value is, from 0 to 1. */
    double place(double value) {
        double share = logarithmic ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
        return Math.min(1, Math.max(0, share));
    }

    List<Tick> ticks(DoubleFunction<String> label) {
        List<Tick> ticks = new ArrayList<>();
        if (logarithmic) {
            int decades = (int) Math.rint(Math.log10(high / low));
            int every = Math.max(1, decades / WANTED_TICKS);
            for (int i = 0; i <= decades; i += every) {
                ticks.add(tick(low * Math.pow(BASE, i), label));
            }
            return ticks;
        }
        double step = step(high - low);
        for (long i = (long) Math.ceil(low / step - SLACK); i * step <= high + SLACK * step; i++) {
            ticks.add(tick(i * step, label));
        }
        return ticks;
    }

    private Tick tick(double value, DoubleFunction<String> label) {
        double at = place(value);
        return new Tick(Figures.percent(at), Figures.percent(1 - at), label.apply(value));
    }
}
