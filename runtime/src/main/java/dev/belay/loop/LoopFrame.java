package dev.belay.loop;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One activation of a woven method: where it is and what it handed over last. Confined to its thread. */
public final class LoopFrame {

    private final MethodShape method;
    private final LoopFrame parent;
    private final int depth;
    private PointShape at;
    private Object[] locals = {};
    private Arrival[] arrivals;
    private PointShape markedAt;
    private boolean marked;
    int landing = -1;

    LoopFrame(MethodShape method, LoopFrame parent) {
        this.method = method;
        this.parent = parent;
        this.depth = parent == null ? 0 : parent.depth + 1;
    }

    public MethodShape method() {
        return method;
    }

    public Optional<LoopFrame> parent() {
        return Optional.ofNullable(parent);
    }

    /** Returns how many woven activations are below this one on its thread. */
    public int depth() {
        return depth;
    }

    /** Returns the last point that this activation reached, if it reached one. */
    public Optional<PointShape> at() {
        return Optional.ofNullable(at);
    }

    /** Returns what was handed over at {@link #at()}. */
    public Object[] locals() {
        return locals;
    }

    /** Returns the last arrival at the head of a loop that holds other points, if there was one. */
    public Optional<Arrival> arrival(int head) {
        return arrivals == null ? Optional.empty() : Optional.ofNullable(arrivals[head]);
    }

    /** Returns whether a recognised loop surrounds this activation: one around the call in any frame below. */
    public boolean insideLoop() {
        for (LoopFrame f = parent; f != null; f = f.parent) {
            if (f.at != null && !f.at.around().isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** Returns the activations of this thread from the outermost to this one. */
    public List<LoopFrame> stack() {
        ArrayDeque<LoopFrame> frames = new ArrayDeque<>();
        for (LoopFrame f = this; f != null; f = f.parent) {
            frames.addFirst(f);
        }
        return new ArrayList<>(frames);
    }

    /**
     * Adds the loops that this activation is in: those around its call, or, for the innermost activation, those of its
     * method that train by themselves.
     *
     * @return false if they were added before, so that those of the activations below were too
     */
    boolean markTrained(Set<LoopHead> trained) {
        if (marked && markedAt == at) {
            return false;
        }
        marked = true;
        markedAt = at;
        boolean inCall = at != null && at.kind() == PointKind.CALL;
        if (inCall) {
            at.around().forEach(head -> trained.add(new LoopHead(method.key(), head)));
        }
        for (PointShape p : method.points()) {
            if (p.steps() || (!inCall && p.kind() == PointKind.LEAF)) {
                trained.add(new LoopHead(method.key(), p.index()));
                p.around().forEach(head -> trained.add(new LoopHead(method.key(), head)));
            }
        }
        return true;
    }

    void note(PointShape point, Object[] values) {
        at = point;
        locals = values;
        if (point.kind() == PointKind.OUTER) {
            if (arrivals == null) {
                arrivals = new Arrival[method.points().size()];
            }
            arrivals[point.index()] = Arrival.of(values);
        }
    }
}
