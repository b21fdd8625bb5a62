package bench;

import java.util.Locale;

/**
 * One result.
 *
 * @param what it is
 * @param with the median with Belay
 * @param without the median without
 * @param unit of both
 * @param result what is compared with the goal, for people
 * @param goal for people; empty if there is none
 * @param met whether the goal is met, or there is none
 */
record Figure(String what, double with, double without, String unit, String result, String goal, boolean met) {

    /** The ratio is the median over the rounds, so it may differ a little from that of the medians. */
    static Figure ratio(String what, Pairs pairs) {
        return new Figure(what, pairs.with(), pairs.without(), "ms", times(pairs.ratio()), "", true);
    }

    static Figure ratio(String what, Pairs pairs, double goal) {
        boolean met = pairs.ratio() <= goal;
        return new Figure(what, pairs.with(), pairs.without(), "ms", times(pairs.ratio()), times(goal), met);
    }

    static Figure added(String what, Pairs pairs) {
        return new Figure(what, pairs.with(), pairs.without(), "ms", signed(pairs.added(), "ms"), "", true);
    }

    static Figure added(String what, Pairs pairs, double goal) {
        String limit = String.format(Locale.ROOT, "under %.0f ms", goal);
        boolean met = pairs.added() < goal;
        return new Figure(what, pairs.with(), pairs.without(), "ms", signed(pairs.added(), "ms"), limit, met);
    }

    static Figure percent(String what, Pairs pairs, double goal) {
        double percent = 100 * (pairs.ratio() - 1);
        String limit = String.format(Locale.ROOT, "under %.0f %%", goal);
        return new Figure(what, pairs.with(), pairs.without(), "ms", signed(percent, "%"), limit, percent < goal);
    }

    static Figure nanos(String what, Pairs pairs) {
        return new Figure(what, pairs.with(), pairs.without(), "ns", signed(pairs.added(), "ns"), "", true);
    }

    private static String times(double ratio) {
        return String.format(Locale.ROOT, "%.2f times", ratio);
    }

    private static String signed(double value, String unit) {
        return String.format(Locale.ROOT, "%+.2f %s", value, unit);
    }

    String row() {
        String verdict = goal.isEmpty() ? "" : met ? "yes" : "**no**";
        return String.format(
                Locale.ROOT,
                "| %s | %.2f %s | %.2f %s | %s | %s | %s |",
                what,
                with,
                unit,
                without,
                unit,
                result,
                goal,
                verdict);
    }
}
