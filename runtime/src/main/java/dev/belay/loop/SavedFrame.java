package dev.belay.loop;

import java.util.Map;
import java.util.Set;

/**
 * Where one woven activation was when it was saved.
 *
 * @param method {@link MethodShape#key()}
 * @param point index of its point
 * @param ordinal {@link LoopFrame#ordinal()}
 * @param exits points at which it had left loops that were complete
 * @param completed activations that had ended, by the point of their call
 * @param bodies bodies of lambdas that had returned
 */
public record SavedFrame(
        String method,
        int point,
        int ordinal,
        Set<Integer> exits,
        Map<Integer, SavedFrame> completed,
        Set<SavedBody> bodies) {

    public SavedFrame {
        bodies = Set.copyOf(bodies);
        exits = Set.copyOf(exits);
        completed = Map.copyOf(completed);
    }

    /** One that had called no bodies. */
    SavedFrame(String method, int point, int ordinal, Set<Integer> exits, Map<Integer, SavedFrame> completed) {
        this(method, point, ordinal, exits, completed, Set.of());
    }
}
