package dev.belay.loop;

/**
 * What a loop head handed over when it was reached last.
 *
 * @param locals its locals, in the order of {@link PointShape#locals()}
 * @param counts for each local that is a {@link CountingIterator}: how many elements it had given; otherwise -1
 */
public record Arrival(Object[] locals, long[] counts) {

    private static final long[] NONE = {};

    static Arrival of(Object[] locals) {
        long[] counts = NONE;
        for (int i = 0; i < locals.length; i++) {
            if (locals[i] instanceof CountingIterator it) {
                if (counts.length == 0) {
                    counts = new long[locals.length];
                    java.util.Arrays.fill(counts, -1);
                }
                counts[i] = it.count();
            }
        }
        return new Arrival(locals, counts);
    }
}
