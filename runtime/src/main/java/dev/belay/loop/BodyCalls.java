package dev.belay.loop;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the bodies of lambdas returned to the JDK's calls of one activation: a resume makes such a call again, and gives it
 * the same results without running the bodies. Confined to its thread.
 */
final class BodyCalls {

    /** A call that made more of them is not gone back into. */
    private static final int MOST = 1 << 16;

    private final Map<Integer, List<BodyCall>> returned = new HashMap<>();
    private final Set<Integer> incomplete = new HashSet<>();
    private Object[] source;
    private int sourceOf = -1;

    void add(int call, BodyCall body) {
        if (incomplete.contains(call)) {
            return;
        }
        List<BodyCall> bodies = returned.computeIfAbsent(call, c -> new ArrayList<>());
        bodies.add(body);
        if (bodies.size() > MOST) {
            incomplete.add(call);
            bodies.clear();
        }
    }

    /** Returns none if there were more than are noted. */
    List<BodyCall> returned(int call) {
        return incomplete.contains(call) ? List.of() : List.copyOf(returned.getOrDefault(call, List.of()));
    }

    /** The loop around a call goes on, or the call is made again. */
    void forget(int call) {
        returned.remove(call);
        incomplete.remove(call);
    }

    /** The call that comes next, of the JDK, goes over these objects and calls bodies; null if that is not known. */
    void goesOver(int call, Object[] objects) {
        source = objects;
        sourceOf = call;
    }

    Object[] source(int call) {
        return sourceOf == call ? source : null;
    }
}
