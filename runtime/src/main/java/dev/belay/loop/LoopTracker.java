package dev.belay.loop;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;

/** Keeps the stack of woven activations per thread and, while a resume is pending, follows the saved path. */
public final class LoopTracker {

    private final List<MethodShape> methods = new CopyOnWriteArrayList<>();
    private final ActivationStacks stacks = new ActivationStacks();
    private final ThreadLocal<int[]> stepDepth = ThreadLocal.withInitial(() -> new int[1]);
    private final Set<String> bodies = ConcurrentHashMap.newKeySet();
    private final Set<LoopHead> trained = ConcurrentHashMap.newKeySet();
    private final LoopListener listener;
    private final ResumeMoves moves;
    private volatile LoopChoice choice;
    private volatile ResumePath path;

    /** @param listener receives what happens; MUST be set up before the first woven class runs */
    public LoopTracker(LoopListener listener) {
        this.listener = listener;
        this.moves = new ResumeMoves(listener);
    }

    /**
     * The program's steps are not marked: its step loops are found while it runs. MUST be called before the first woven
     * class runs.
     *
     * @param clock monotonic, in ns
     * @param worthwhile how long a loop has run when it is worth saving in, in ns
     */
    public void findStepLoops(LongSupplier clock, long worthwhile) {
        choice = new LoopChoice(listener, clock, worthwhile);
    }

    /** Returns whether the step loops are found while the program runs. */
    public boolean findsStepLoops() {
        return choice != null;
    }

    /** Returns the step loops that were found. */
    public Set<LoopHead> stepLoops() {
        return choice == null ? Set.of() : choice.chosen();
    }

    /** A saved run had found these step loops. */
    public void restoreStepLoops(Set<LoopHead> saved) {
        if (choice != null) {
            choice.restore(saved);
        }
    }

    /** Nothing can be saved in the step loop that is running: it is none. */
    public void rejectStepLoop() {
        choice.reject();
    }

    /** Registers a woven method; returns the number that its code hands to {@link Points#enter}. */
    public synchronized int register(MethodShape method) {
        methods.add(method);
        if (method.body()) {
            bodies.add(method.key());
        }
        return methods.size() - 1;
    }

    /** Returns the woven methods so far. */
    public List<MethodShape> methods() {
        return List.copyOf(methods);
    }

    /** Leads the program to a saved position from now on. */
    public void follow(ResumePath saved) {
        path = saved;
        trained.addAll(saved.trained());
        Points.flag = true;
    }

    /** Returns whether a saved position is still to be reached. */
    public boolean resumePending() {
        return path != null;
    }

    /** Returns the innermost woven activation of the calling thread. */
    public Optional<LoopFrame> current() {
        return Optional.ofNullable(stacks.top());
    }

    /** Returns the loops of this job in which a step or an evaluation was seen: only these are skipped by a resume. */
    public Set<LoopHead> trained() {
        return Set.copyOf(trained);
    }

    /**
     * Returns the heads of the loops directly around the step loop, as seen from the innermost activation; none if this
     * activation was asked before.
     */
    public Set<LoopHead> newEpochLoops() {
        LoopFrame frame = stacks.top();
        if (frame == null || frame.epochLoopsKnown) {
            return Set.of();
        }
        frame.epochLoopsKnown = true;
        return EpochLoops.around(frame);
    }

    LoopFrame enter(int method) {
        MethodShape shape = methods.get(method);
        if (choice != null && path == null && !shape.body() && choice.isHot(method)) {
            return null; // a body MUST be counted: a call that is made again is given all that it got
        }
        return stacks.push(shape, choice == null ? null : choice.loops(shape));
    }

    void exit(LoopFrame frame) {
        if (choice != null) {
            choice.ended(frame);
        }
        stacks.pop(frame);
    }

    /** A call of the JDK is about to be made that may call bodies. */
    void calls(LoopFrame frame, int call, String called, Object[] operands) {
        String method = frame.method().key();
        String caller = method.substring(0, method.indexOf('#'));
        frame.goesOver(call, called, listener.source(caller, called, operands, bodies::contains));
    }

    /**
     * The body of a lambda is called.
     *
     * @return what it returned in the saved run, in an array of one, where it is not to be run again; else null
     */
    Object[] called(LoopFrame body, Object[] arguments) {
        body.called(arguments);
        ResumePath pending = path;
        return pending == null ? null : moves.called(pending, body);
    }

    Object[] point(LoopFrame frame, int index, Object[] locals) {
        PointShape point = frame.method().points().get(index);
        ResumePath pending = path;
        if (frame.starts(point)) {
            listener.starts(frame, point, locals);
        }
        if (pending != null) {
            return follow(pending, frame, point, locals);
        }
        frame.note(point, locals);
        if (choice != null) {
            watch(frame, point);
        }
        if (point.kind() == PointKind.OUTER && listener.arrived(frame, point)) {
            frame.landing = WayOut.of(frame.method(), point).orElseThrow();
            return Points.LEAVE; // what is due is saved at the exit
        }
        if (point.kind() == PointKind.EXIT) {
            listener.left(frame, point);
        }
        if (Points.flag && point.kind() != PointKind.CATCH) {
            listener.reached(frame, point);
        }
        return ResumeMoves.unchanged(point, locals);
    }

    /** Returns whether a resume goes to a loop of a method at once that was entered just now. */
    boolean entered(LoopFrame frame, Object[] arguments) {
        ResumePath pending = path;
        return pending != null && moves.entered(pending, frame, arguments);
    }

    private void watch(LoopFrame frame, PointShape point) {
        if (point.isHead()) {
            choice.arrived(frame, point);
        } else if (point.leaves()) {
            choice.left(frame, point.loop());
        }
    }

    /** A back edge of a loop was taken whose turn it is to be reported. */
    void iterated(LoopFrame frame, int head) {
        if (path == null && frame.loops().running(head)) {
            choice.settle(frame, frame.method().points().get(head));
        } else {
            frame.loops().turned(head);
        }
    }

    /** Steps of a loop that was found have ended. */
    public void markTrained(LoopFrame frame, PointShape stepLoop) {
        frame.markStepLoop(stepLoop, trained);
    }

    private Object[] follow(ResumePath pending, LoopFrame frame, PointShape point, Object[] live) {
        ResumePath.Move move = pending.next(frame, point);
        Object[] locals = moves.make(pending, move, frame, point, live);
        if (move.kind() == ResumePath.Kind.RESUME) {
            path = null;
            frame.stack().forEach(f -> f.trained().before());
            if (choice != null) {
                choice.resumed(frame, point);
            }
        }
        return locals;
    }

    /** An override that calls the marker which it overrides is one step with it. */
    void stepBegins() {
        if (stepDepth.get()[0]++ == 0) {
            ResumePath pending = path;
            if (pending == null || !pending.repeatsStep(stacks.top())) {
                listener.stepBegins(pending != null);
            }
        }
    }

    void stepEnded() {
        if (--stepDepth.get()[0] == 0 && path == null) {
            iterationEnded(); // one that is repeated on the way to the saved position was counted in the saved run
        }
    }

    void stepFailed() {
        stepDepth.get()[0]--;
    }

    void iterationEnded() {
        if (path != null) {
            listener.missed("it trained outside of it");
        }
        markTrained();
        listener.stepEnded();
    }

    private void markTrained() {
        for (LoopFrame f = stacks.top();
                f != null && f.markTrained(trained);
                f = f.parent().orElse(null)) {
            assert f.depth() >= 0 : "activations MUST be counted from 0";
        }
    }

    void born(String framework, Object object) {
        listener.born(framework, object);
    }

    void reported(String name, double value) {
        if (metricsCount()) {
            listener.reported(name, value);
        }
    }

    void stored(String name, double value) {
        if (metricsCount()) {
            listener.stored(name, value);
        }
    }

    /** What is reported on the way to a saved position was reported in the saved run. */
    private boolean metricsCount() {
        if (path != null) {
            return false;
        }
        if (choice != null) {
            choice.settle();
        }
        return true;
    }

    void measured(String framework, Object by, Object result) {
        if (path == null) {
            listener.measured(framework, by, result);
        }
    }

    void evaluated() {
        markTrained();
        listener.evaluated();
    }
}
