package dev.belay.loop;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One activation of a woven method: where it is and what it handed over last. Confined to its thread. */
public final class LoopFrame {

    private static final int MAX_HEIGHT = 6;

    private final MethodShape method;
    private final LoopFrame parent;
    private final int depth;
    private final int ordinal;
    private final boolean eldest;
    private final FrameLoops loops;
    private Activations children;
    private PointShape at;
    private Object[] locals = {};
    private Arrival[] arrivals;
    private LoopFrame[] completed;
    private BodyCalls bodies;
    private Object[] arguments = {};
    private int height;
    private PointShape markedAt;
    private boolean marked;
    int landing = -1;
    boolean jumped;
    boolean afterTraining;
    boolean epochLoopsKnown;
    private boolean again;
    private Object start;
    private PointShape startedAt;

    /** An activation in a program whose steps are marked. */
    LoopFrame(MethodShape method, LoopFrame parent, Activations siblings) {
        this(method, parent, siblings, null);
    }

    /**
     * @param siblings counts activations in the same place
     * @param loops null where the steps of the program are marked
     */
    LoopFrame(MethodShape method, LoopFrame parent, Activations siblings, FrameLoops loops) {
        this.method = method;
        this.loops = loops;
        this.parent = parent;
        this.depth = parent == null ? 0 : parent.depth + 1;
        this.eldest = siblings.none();
        this.ordinal = siblings.next(method);
    }

    /** Returns what counts the activations that this one makes, from its last point on. */
    Activations children() {
        if (children == null) {
            children = new Activations();
        }
        return children;
    }

    public MethodShape method() {
        return method;
    }

    /** Returns how its points behave; null where the steps of the program are marked. */
    FrameLoops loops() {
        return loops;
    }

    public Optional<LoopFrame> parent() {
        return Optional.ofNullable(parent);
    }

    /** Returns how many woven activations are below this one on its thread. */
    public int depth() {
        return depth;
    }

    /**
     * Returns how many activations of its method came before it in the same place: from the same point of the activation
     * below, or on its thread. Tells apart what is called twice in ways that have no point (reflection, a lambda).
     */
    public int ordinal() {
        return ordinal;
    }

    /** Returns whether no other activation was made from the same point of the activation below, or on its thread, before. */
    public boolean eldest() {
        return eldest;
    }

    /**
     * Returns whether this outermost activation follows another one of its thread that trained: what the code between them
     * did with the results is not known, as it has no point.
     */
    public boolean followsTraining() {
        return afterTraining;
    }

    /** This body is called with these arguments. */
    void called(Object[] with) {
        arguments = with;
    }

    /** Returns what this body was called with. */
    public Object[] arguments() {
        return arguments;
    }

    /** The call that comes next, of a method of the JDK, goes over these objects and calls bodies; null if that is not known. */
    void goesOver(int call, String called, Object[] objects) {
        bodies().goesOver(call, called, objects);
    }

    /** Returns what a call goes over that was just made, or is about to be; null if it is not known to call bodies only. */
    public Object[] source(PointShape call) {
        return bodies == null ? null : bodies.source(call.index());
    }

    /** Returns whether the call that this activation stands at is of a method of this name that calls bodies only. */
    public boolean calls(String called) {
        return at != null && bodies != null && source(at) != null && bodies.calls(at.index(), called);
    }

    /** This body returns. */
    void returns(Object result) {
        if (parent != null && parent.at != null && parent.source(parent.at) != null) {
            parent.bodies().add(parent.at.index(), new BodyCall(method, ordinal, arguments, marked, result));
        }
    }

    private BodyCalls bodies() {
        if (bodies == null) {
            bodies = new BodyCalls();
        }
        return bodies;
    }

    /** Returns the bodies that trained in a call that has ended, since the loop around it goes on. */
    public List<BodyCall> ended(int call) {
        return bodies == null ? List.of() : bodies.ended(call);
    }

    /**
     * Returns the bodies that have returned to the call that this activation stands at, if it can be made again up to here: it
     * has called nothing but them, all of them are known, and one runs now.
     */
    public Optional<List<BodyCall>> repeatable() {
        if (at == null || source(at) == null) {
            return Optional.empty();
        }
        List<BodyCall> returned = bodies.returned(at.index());
        boolean all = children != null && children.count() == returned.size() + 1;
        return all ? Optional.of(returned) : Optional.empty();
    }

    boolean trained() {
        return marked;
    }

    /** This activation is on a saved path, so it had trained before. */
    void resumed() {
        marked = true;
    }

    /** At an EXIT that {@link PointShape#canReturn}: the program is sent back to the loop's test once. */
    public void goAgain() {
        again = true;
    }

    boolean takeAgain() {
        boolean taken = again;
        again = false;
        return taken;
    }

    /** Returns what the listener noted when this activation came to the last of its points that no loop surrounds. */
    public Optional<Object> start() {
        return Optional.ofNullable(start);
    }

    /** Keeps what the listener notes at a point that no loop surrounds. */
    public void start(PointShape at, Object noted) {
        startedAt = at;
        start = noted;
    }

    /** Returns whether a point is on the way to the first iteration of an outermost loop, and new. */
    boolean starts(PointShape point) {
        boolean onTheWay = point.kind() == PointKind.CALL || point.isHead();
        return onTheWay && point != startedAt && point.around().isEmpty() && !insideLoop();
    }

    /** Returns the last point that this activation reached, if it reached one. */
    public Optional<PointShape> at() {
        return Optional.ofNullable(at);
    }

    /** Returns what was handed over at {@link #at()}. */
    public Object[] locals() {
        return locals;
    }

    /**
     * Returns the last arrival at the head of a loop that holds other points, or where a loop was left, if there was one;
     * of several ways to leave a loop only the last one taken has an arrival, until the loop around goes on.
     */
    public Optional<Arrival> arrival(int point) {
        return arrivals == null ? Optional.empty() : Optional.ofNullable(arrivals[point]);
    }

    /**
     * Returns whether a loop surrounds this activation: a recognised one around the call in any frame below, or one of the JDK
     * that calls a lambda.
     */
    public boolean insideLoop() {
        return insideRecognisedLoop() || insideJdkLoop();
    }

    /** Returns whether a recognised loop is around the call in any frame below. */
    boolean insideRecognisedLoop() {
        for (LoopFrame f = parent; f != null; f = f.parent) {
            if (f.at != null && !f.at.around().isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether this activation, or one below it, is the body of a lambda that a known call of the JDK calls. */
    boolean insideJdkLoop() {
        for (LoopFrame f = this; f.parent != null; f = f.parent) {
            if (f.method.body() && f.parent.at != null && f.parent.source(f.parent.at) != null) {
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

    /** Adds a loop of this activation whose iterations are steps, and all loops around it. */
    void markStepLoop(PointShape head, Set<LoopHead> trained) {
        if (!trained.add(new LoopHead(method.key(), head.index())) && marked) {
            return;
        }
        marked = true;
        head.around().forEach(h -> trained.add(new LoopHead(method.key(), h)));
        for (LoopFrame f = parent; f != null; f = f.parent) {
            f.marked = true;
            for (int h : f.at == null ? List.<Integer>of() : f.at.around()) {
                trained.add(new LoopHead(f.method.key(), h));
            }
        }
    }

    /** Returns the last activation that a call made and that ended, if it had left loops since the loop around goes on. */
    public Optional<LoopFrame> completed(int call) {
        return completed == null ? Optional.empty() : Optional.ofNullable(completed[call]);
    }

    /** This activation ends: what its loops were left with may decide what the one below does next. */
    void end() {
        boolean called = parent != null && eldest && parent.at != null && parent.at.kind() == PointKind.CALL;
        if (called && (arrivals != null || completed != null || bodies != null)) {
            locals = new Object[0];
            if (parent.completed == null) {
                parent.completed = new LoopFrame[parent.method.points().size()];
            }
            parent.completed[parent.at.index()] = this;
            height = Math.min(height, MAX_HEIGHT);
            parent.height = Math.max(parent.height, height + 1);
            if (height == MAX_HEIGHT) {
                completed = null; // a recursion must not keep all of its calls
                height = 0;
            }
        }
    }

    void note(PointShape point, Object[] values) {
        if (bodies != null && at != null) {
            bodies.end(at.index());
        }
        at = point;
        locals = values;
        if (children != null) {
            children.clear();
        }
        if (bodies != null) {
            bodies.forget(point.index());
        }
        if (point.kind() == PointKind.OUTER || point.leaves()) {
            if (arrivals == null) {
                arrivals = new Arrival[method.points().size()];
            }
            forget(point);
            arrivals[point.index()] = Arrival.of(own(point, values));
        }
    }

    /** What only a way back would need is not kept for longer than the program stands there. */
    private static Object[] own(PointShape point, Object[] values) {
        if (!point.canReturn()) {
            return values;
        }
        Object[] kept = new Object[values.length];
        System.arraycopy(values, 0, kept, 0, point.own());
        return kept;
    }

    private void forgetCall(int call) {
        if (completed != null) {
            completed[call] = null;
        }
        if (bodies != null) {
            bodies.forget(call);
        }
    }

    /** Another iteration has left none of its inner loops yet; a loop is left in one way. */
    private void forget(PointShape reached) {
        for (PointShape p : method.points()) {
            boolean past =
                    reached.leaves() ? p.loop() == reached.loop() : p.around().contains(reached.index());
            if (p.leaves() && past) {
                arrivals[p.index()] = null;
            } else if (past) {
                forgetCall(p.index());
            }
        }
    }
}
