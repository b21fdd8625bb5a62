package killtest;

import java.util.Random;

/** The one source of randomness in a test: fixed unless a property says otherwise, and always printed. */
final class Seed {

    private static final long DEFAULT = 20261125;

    private Seed() {}

    /** Returns a generator for what is named, after printing the seed that replays it. */
    static Random random(String what) {
        String given = System.getProperty("killtest.seed", Long.toString(DEFAULT));
        long seed = given.equals("random") ? System.nanoTime() : Long.parseLong(given);
        System.out.println("[" + what + "] replay with -Dkilltest.seed=" + seed);
        return new Random(seed * 31 + what.hashCode());
    }
}
