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
    private final int ordinal;
    private final boolean eldest;
    private final FrameLoops loops;
    private final TrainedLoops trained;
    private Activations children;
    private PointShape at;
    private Object[] locals = {};
    private PassedLoops passed;
    private BodyCalls bodies;
    private Object[] arguments = {};
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
        this.trained = new TrainedLoops(method);
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
            parent.bodies().add(parent.at.index(), new BodyCall(method, ordinal, arguments, trained.any(), result));
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

    /** Returns in which loops this activation has trained. */
    TrainedLoops trained() {
        return trained;
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
        return passed == null ? Optional.empty() : passed.arrival(point);
    }

    /**
     * Returns whether a loop surrounds this activation: a recognised one around the call in any frame below, or one of the JDK
     * that calls a lambda.
     */
    public boolean insideLoop() {
        return LoopsAround.recognised(this) || LoopsAround.ofTheJdk(this);
    }

    /** Returns the activation below, or null. */
    LoopFrame below() {
        return parent;
    }

    /** Returns the activations of this thread from the outermost to this one. */
    public List<LoopFrame> stack() {
        ArrayDeque<LoopFrame> frames = new ArrayDeque<>();
        for (LoopFrame f = this; f != null; f = f.parent) {
            frames.addFirst(f);
        }
        return new ArrayList<>(frames);
    }

    /** Adds the loops that this activation is in; returns false if they were added before, and those below, too. */
    boolean markTrained(Set<LoopHead> loops) {
        return trained.mark(at, loops);
    }

    /** Adds a loop of this activation whose iterations are steps, and all loops around it. */
    void markStepLoop(PointShape head, Set<LoopHead> loops) {
        if (trained.markStepLoop(head, loops)) {
            for (LoopFrame f = parent; f != null; f = f.parent) {
                f.trained.markCaller(f.at, loops);
            }
        }
    }

    /** Returns the last activation that a call made and that ended, if it had left loops since the loop around goes on. */
    public Optional<LoopFrame> completed(int call) {
        return passed == null ? Optional.empty() : passed.completed(call);
    }

    /** This activation ends: what its loops were left with may decide what the one below does next. */
    void end() {
        boolean called = parent != null && eldest && parent.at != null && parent.at.kind() == PointKind.CALL;
        if (called && (passed != null || bodies != null)) {
            locals = new Object[0];
            parent.passed().ended(parent.at, this, passed);
        }
    }

    private PassedLoops passed() {
        if (passed == null) {
            passed = new PassedLoops(method);
        }
        return passed;
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
        forgetBodies(point.index());
        if (point.kind() == PointKind.OUTER || point.leaves()) {
            passed().arrived(point, values, this::forgetBodies);
        }
    }

    private void forgetBodies(int call) {
        if (bodies != null) {
            bodies.forget(call);
        }
    }
}
