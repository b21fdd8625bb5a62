package dev.belay.loop;

import java.util.ArrayList;
import java.util.List;

/**
 * What the bodies of lambdas returned during one call of the JDK: a resume makes that call again, and gives it the same
 * results without running the bodies. Confined to its thread.
 */
final class BodyCalls {

    /** A call that made more of them is not gone back into. */
    private static final int MOST = 1 << 16;

    private final List<BodyCall> returned = new ArrayList<>();
    private boolean incomplete;

    void add(BodyCall call) {
        if (returned.size() == MOST) {
            incomplete = true;
        } else {
            returned.add(call);
        }
    }

    boolean incomplete() {
        return incomplete;
    }

    List<BodyCall> returned() {
        return List.copyOf(returned);
    }
}
