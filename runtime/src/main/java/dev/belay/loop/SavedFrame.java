package dev.belay.loop;

import java.util.Set;

/**
 * Where one woven activation was when it was saved.
 *
 * @param method {@link MethodShape#key()}
 * @param point index of its point
 * @param ordinal {@link LoopFrame#ordinal()}
 * @param exits points at which it had left loops that were complete
 */
public record SavedFrame(String method, int point, int ordinal, Set<Integer> exits) {

    public SavedFrame {
        exits = Set.copyOf(exits);
    }
}
