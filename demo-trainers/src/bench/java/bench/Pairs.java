package bench;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Times of the same work with and without Belay, measured in turns: round i of both ran right after each other, in an
 * order that a seed draws.
 */
final class Pairs {

    /** Does something and returns how long it took, in milliseconds. */
    @FunctionalInterface
    interface Timed {
        double millis() throws IOException, InterruptedException;
    }

    /** Something to time. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }

    private final double[] with;
    private final double[] without;

    /** Both of the same length, by round. */
    Pairs(double[] with, double[] without) {
        this.with = with.clone();
        this.without = without.clone();
    }

    static Pairs measure(int warmUps, int rounds, Random order, Timed with, Timed without)
            throws IOException, InterruptedException {
        double[] a = new double[rounds];
        double[] b = new double[rounds];
        for (int i = -warmUps; i < rounds; i++) {
            boolean first = order.nextBoolean();
            double x = first ? with.millis() : 0;
            double y = without.millis();
            x = first ? x : with.millis();
            if (i >= 0) {
                a[i] = x;
                b[i] = y;
            }
        }
        return new Pairs(a, b);
    }

    static double time(Work work) throws IOException {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e6;
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    double with() {
        return median(with);
    }

    double without() {
        return median(without);
    }

    /** Returns the median of the rounds' ratios. */
    double ratio() {
        return median(IntStream.range(0, with.length)
                .mapToDouble(i -> with[i] / without[i])
                .toArray());
    }

    /** Returns the median of the rounds' differences. */
    double added() {
        return median(IntStream.range(0, with.length)
                .mapToDouble(i -> with[i] - without[i])
                .toArray());
    }

    /** Returns all times, to be looked at. */
    String raw(String what, String unit) {
        return what + " [" + unit + "]\n  with    " + text(with) + "\n  without " + text(without);
    }

    private static String text(double[] values) {
        StringBuilder line = new StringBuilder();
        for (double v : values) {
            line.append(String.format(Locale.ROOT, " %.2f", v));
        }
        return line.toString();
    }
}
