package dev.belay.state;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Finds the rows that are met more than once among very many that are met once. Bits of identity hash codes leave few to
 * be looked at more closely.
 */
final class RowSharing {

    private static final int BITS_PER_ROW = 32;

    private final Set<Object> shared = Collections.newSetFromMap(new IdentityHashMap<>());

    RowSharing(List<Object[]> holders) {
        long rows = holders.stream().mapToLong(h -> h.length).sum();
        int words = Integer.highestOneBit((int) Math.min(1 << 24, Math.max(1, rows))) * (2 * BITS_PER_ROW / Long.SIZE);
        long[] once = new long[words];
        long[] twice = new long[words];
        for (Object[] holder : holders) {
            for (Object row : holder) {
                if (row != null) {
                    int bit = System.identityHashCode(row) & words * Long.SIZE - 1;
                    long mask = 1L << bit;
                    twice[bit >>> 6] |= once[bit >>> 6] & mask;
                    once[bit >>> 6] |= mask;
                }
            }
        }
        look(holders, twice, words);
    }

    private void look(List<Object[]> holders, long[] twice, int words) {
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Object[] holder : holders) {
            for (Object row : holder) {
                if (row != null) {
                    int bit = System.identityHashCode(row) & words * Long.SIZE - 1;
                    if ((twice[bit >>> 6] & 1L << bit) != 0 && !seen.add(row)) {
                        shared.add(row);
                    }
                }
            }
        }
    }

    boolean isShared(Object row) {
        return !shared.isEmpty() && shared.contains(row);
    }
}
