package killtest;

import java.util.Random;

/** The same draws as {@link Random}, with its state in sight. */
final class OpenRandom extends Random {

    private static final long serialVersionUID = 1L;
    private static final long MULTIPLIER = 0x5DEECE66DL;
    private static final long MASK = (1L << 48) - 1;

    private long state;

    OpenRandom(long seed) {
        super(seed);
    }

    @Override
    public synchronized void setSeed(long seed) {
        super.setSeed(seed);
        state = (seed ^ MULTIPLIER) & MASK;
    }

    @Override
    protected int next(int bits) {
        state = (state * MULTIPLIER + 0xB) & MASK;
        return (int) (state >>> (48 - bits));
    }

    /** Returns what {@link Random} keeps as its seed. */
    long state() {
        return state;
    }

    /** Returns the state of {@code demo.PlainSoftmax}'s generator after so many shuffles. */
    static long ofPlainSoftmax(int seed, int features, int samples, int shuffles) {
        OpenRandom random = new OpenRandom(seed);
        for (int j = 0; j < features; j++) {
            random.nextDouble();
            for (int k = 0; k < 64; k++) {
                random.nextGaussian();
            }
        }
        for (int n = 0; n < shuffles; n++) {
            for (int i = samples - 1; i > 0; i--) {
                random.nextInt(i + 1);
            }
        }
        return random.state();
    }
}
