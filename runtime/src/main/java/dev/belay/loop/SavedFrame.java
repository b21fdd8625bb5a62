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
 * @param injectable heads around the point whose locals at the last arrival are all saved
 */
public record SavedFrame(
        String method,
        int point,
        int ordinal,
        Set<Integer> exits,
        Map<Integer, SavedFrame> completed,
        Set<SavedBody> bodies,
        Set<Integer> injectable) {

    public SavedFrame {
        bodies = Set.copyOf(bodies);
        exits = Set.copyOf(exits);
        completed = Map.copyOf(completed);
        injectable = Set.copyOf(injectable);
    }

    /** One that had called no bodies. */
    SavedFrame(String method, int point, int ordinal, Set<Integer> exits, Map<Integer, SavedFrame> completed) {
        this(method, point, ordinal, exits, completed, Set.of(), Set.of());
    }
}
