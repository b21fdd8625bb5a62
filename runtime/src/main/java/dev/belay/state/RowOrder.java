package dev.belay.state;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * In which order the rows of tensors were written last. Rows that only changed places, as in a data set that is shuffled
 * in place, are written in the same order again, so that their tensor does not change. Holds on to no row: they are known
 * by their identity hash codes, and to take one for another costs a write of the tensor, nothing else.
 */
final class RowOrder {

    private final Map<String, int[]> written = new HashMap<>();

    /** Takes over the order of the tensors that a run goes on from: each row's identity hash code. */
    void expect(Map<String, int[]> rows) {
        written.putAll(rows);
    }

    /** Returns which row comes where: the place in {@code rows} of the first, the second … */
    int[] arrange(String tensor, List<Object> rows) {
        int[] now = identities(rows);
        int[] before = written.get(tensor);
        int[] order = before == null || Arrays.equals(before, now) ? null : matched(before, now);
        if (order == null) {
            order = new int[now.length];
            Arrays.setAll(order, i -> i);
            written.put(tensor, now);
        }
        return order;
    }

    static int[] identities(List<Object> rows) {
        int[] identities = new int[rows.size()];
        for (int i = 0; i < identities.length; i++) {
            identities[i] = System.identityHashCode(rows.get(i));
        }
        return identities;
    }

    /** Returns null unless both are of the same rows. */
    private static int[] matched(int[] before, int[] now) {
        if (before.length != now.length) {
            return null;
        }
        long[] wanted = sorted(before);
        long[] found = sorted(now);
        int[] order = new int[now.length];
        for (int i = 0; i < order.length; i++) {
            if (wanted[i] >>> 32 != found[i] >>> 32) {
                return null;
            }
            order[(int) wanted[i]] = (int) found[i];
        }
        return order;
    }

    /** Returns hash codes with the places that they have. */
    private static long[] sorted(int[] identities) {
        long[] keys = new long[identities.length];
        Arrays.setAll(keys, i -> (long) identities[i] << 32 | i);
        Arrays.sort(keys);
        return keys;
    }

    /** Forgets tensors that are not there any more. */
    void retain(java.util.Set<String> tensors) {
        written.keySet().retainAll(tensors);
    }
}
