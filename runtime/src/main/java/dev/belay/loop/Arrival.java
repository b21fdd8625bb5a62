package dev.belay.loop;

import java.util.Arrays;

/**
 * What a loop head handed over when it was reached last.
 *
 * @param locals its locals, in the order of {@link PointShape#locals()}
 * @param counts for each local that is a {@link CountingIterator}: how many elements it had given; otherwise -1
 */
public record Arrival(Object[] locals, long[] counts) {

    /** What a local holds that nobody knows: a resume came here by a jump, and the local was not saved. */
    public static final Object UNKNOWN = new Object();

    private static final long[] NONE = {};

    /** Returns the locals of a point that a resume has jumped to. */
    static Object[] known(Object[] locals) {
        return Arrays.stream(locals).map(l -> l == null ? UNKNOWN : l).toArray();
    }

    static Arrival of(Object[] locals) {
        long[] counts = NONE;
        for (int i = 0; i < locals.length; i++) {
            if (locals[i] instanceof CountingIterator it) {
                if (counts.length == 0) {
                    counts = new long[locals.length];
                    Arrays.fill(counts, -1);
                }
                counts[i] = it.count();
            }
        }
        return new Arrival(locals, counts);
    }
}
