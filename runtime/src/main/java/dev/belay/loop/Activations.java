package dev.belay.loop;

import java.util.IdentityHashMap;
import java.util.Map;

/** Counts activations per method. The first method is kept apart: mostly there is no other. */
final class Activations {

    private MethodShape first;
    private int ofFirst;
    private Map<MethodShape, Integer> ofOthers;

    /** Returns how many activations of a method were counted before, and counts one more. */
    int next(MethodShape method) {
        if (first == null) {
            first = method;
        }
        if (first == method) {
            return ofFirst++;
        }
        if (ofOthers == null) {
            ofOthers = new IdentityHashMap<>();
        }
        return ofOthers.merge(method, 1, Integer::sum) - 1;
    }

    int count() {
        return ofFirst
                + (ofOthers == null
                        ? 0
                        : ofOthers.values().stream().mapToInt(Integer::intValue).sum());
    }

    boolean none() {
        return first == null;
    }

    void clear() {
        first = null;
        ofFirst = 0;
        ofOthers = null;
    }
}
