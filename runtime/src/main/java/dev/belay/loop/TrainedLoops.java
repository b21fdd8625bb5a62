package dev.belay.loop;

import java.util.List;
import java.util.Set;

/** Whether one activation has trained, and which loops it was in then. Confined to its thread. */
final class TrainedLoops {

    private final MethodShape method;
    private PointShape markedAt;
    private boolean marked;

    TrainedLoops(MethodShape method) {
        this.method = method;
    }

    /** Returns whether it has trained. */
    boolean any() {
        return marked;
    }

    /** This activation is on a saved path, so it had trained before. */
    void before() {
        marked = true;
    }

    /**
     * Adds the loops that the activation is in: those around its call, or, for the innermost activation, those of its
     * method that train by themselves.
     *
     * @param at its last point, or null
     * @return false if they were added before, so that those of the activations below were too
     */
    boolean mark(PointShape at, Set<LoopHead> trained) {
        if (marked && markedAt == at) {
            return false;
        }
        marked = true;
        markedAt = at;
        boolean inCall = at != null && at.kind() == PointKind.CALL;
        if (inCall) {
            add(at, trained);
        }
        for (PointShape p : method.points()) {
            if (p.steps() || (!inCall && p.kind() == PointKind.LEAF)) {
                trained.add(new LoopHead(method.key(), p.index()));
                add(p, trained);
            }
        }
        return true;
    }

    /**
     * Adds a loop whose iterations are steps, and those around it.
     *
     * @return false if it was added before, so that those of the activations below were too
     */
    boolean markStepLoop(PointShape head, Set<LoopHead> trained) {
        if (!trained.add(new LoopHead(method.key(), head.index())) && marked) {
            return false;
        }
        marked = true;
        add(head, trained);
        return true;
    }

    /** Adds the loops around a call to the activation above, which has trained. */
    void markCaller(PointShape at, Set<LoopHead> trained) {
        marked = true;
        if (at != null) {
            add(at, trained);
        }
    }

    private void add(PointShape inside, Set<LoopHead> trained) {
        List<Integer> around = inside.around();
        around.forEach(head -> trained.add(new LoopHead(method.key(), head)));
    }
}
