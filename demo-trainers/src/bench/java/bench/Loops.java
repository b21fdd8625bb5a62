package bench;

/** Training loops in the small. Woven in the JVMs that have the agent; the same class without it is compared. */
final class Loops {

    private Loops() {}

    /** Steps of about two nanoseconds that nothing can be vectorised of. */
    static long small(int steps, long seed) {
        long x = seed;
        for (int i = 0; i < steps; i++) {
            x = next(x);
        }
        return x;
    }

    /** Steps of y += a·x. */
    static void axpy(int steps, double[] x, double[] y) {
        for (int i = 0; i < steps; i++) {
            addScaled(1e-9 * i, x, y);
        }
    }

    /** Epochs of a few small steps. */
    static long nested(int epochs, int steps, long seed) {
        long x = seed;
        for (int epoch = 0; epoch < epochs; epoch++) {
            for (int i = 0; i < steps; i++) {
                x = next(x);
            }
        }
        return x;
    }

    /** Epochs of a few small steps in a method of their own. */
    static long calling(int epochs, int steps, long seed) {
        long x = seed;
        for (int epoch = 0; epoch < epochs; epoch++) {
            x = small(steps, x);
        }
        return x;
    }

    /** Small steps through the method that is named as the step. */
    static long marked(int steps, long seed) {
        long x = seed;
        for (int i = 0; i < steps; i++) {
            x = update(x);
        }
        return x;
    }

    static long update(long x) {
        return next(x);
    }

    private static long next(long x) {
        long y = x ^ (x << 13);
        y ^= y >>> 7;
        return y ^ (y << 17);
    }

    private static void addScaled(double a, double[] x, double[] y) {
        for (int i = 0; i < y.length; i++) {
            y[i] += a * x[i];
        }
    }
}
