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
    private final ThreadLocal<LoopFrame> top = new ThreadLocal<>();
    private final ThreadLocal<int[]> stepDepth = ThreadLocal.withInitial(() -> new int[1]);
    private final ThreadLocal<Activations> outermost = ThreadLocal.withInitial(Activations::new);
    private final ThreadLocal<Boolean> trainedBefore = ThreadLocal.withInitial(() -> false);
    private final Set<String> bodies = ConcurrentHashMap.newKeySet();
    private final Set<LoopHead> trained = ConcurrentHashMap.newKeySet();
    private final LoopListener listener;
    private volatile LoopChoice choice;
    private volatile ResumePath path;

    /** @param listener receives what happens; MUST be set up before the first woven class runs */
    public LoopTracker(LoopListener listener) {
        this.listener = listener;
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
        return Optional.ofNullable(top.get());
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
        LoopFrame frame = top.get();
        if (frame == null || frame.epochLoopsKnown) {
            return Set.of();
        }
        frame.epochLoopsKnown = true;
        return EpochLoops.around(frame);
    }

    LoopFrame enter(int method) {
        LoopFrame below = top.get();
        MethodShape shape = methods.get(method);
        if (choice != null && path == null && !shape.body() && choice.isHot(method)) {
            return null; // a body MUST be counted: a call that is made again is given all that it got
        }
        LoopFrame frame = new LoopFrame(
                shape,
                below,
                below == null ? outermost.get() : below.children(),
                choice == null ? null : choice.loops(shape));
        frame.afterTraining = below == null && trainedBefore.get();
        top.set(frame);
        return frame;
    }

    void exit(LoopFrame frame) {
        if (choice != null) {
            choice.ended(frame);
        }
        frame.end();
        LoopFrame below = frame.parent().orElse(null);
        if (below == null) {
            top.remove();
            if (frame.trained()) {
                trainedBefore.set(true);
            }
        } else {
            top.set(below);
        }
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
        if (pending == null) {
            return null;
        }
        return switch (pending.body(body)) {
            case RETURNED -> {
                Object result = listener.repeated(body);
                body.resumed();
                body.returns(result);
                yield new Object[] {result};
            }
            case RUNNING -> {
                listener.repeated(body);
                yield null;
            }
            case UNKNOWN -> null;
        };
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
        if (point.kind() == PointKind.OUTER) {
            listener.arrived(frame, point);
        }
        if (point.kind() == PointKind.EXIT) {
            listener.left(frame, point);
        }
        if (Points.flag && point.kind() != PointKind.CATCH) {
            listener.reached(frame, point);
        }
        return unchanged(point, locals);
    }

    /** Returns whether a resume goes to a loop of a method at once that was entered just now. */
    boolean entered(LoopFrame frame, Object[] arguments) {
        ResumePath pending = path;
        int landing = pending == null ? -1 : pending.entry(frame);
        if (landing < 0 || !listener.mayJump(frame, pending.target(frame).liveIn(arguments))) {
            return false;
        }
        frame.landing = landing;
        frame.jumped = true;
        return true;
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

    /** A call takes its locals back always, so that no branch is needed where its arguments are on the stack. */
    private static Object[] unchanged(PointShape point, Object[] locals) {
        return point.kind() == PointKind.CALL ? locals : null;
    }

    private Object[] follow(ResumePath pending, LoopFrame frame, PointShape point, Object[] live) {
        ResumePath.Move move = pending.next(frame, point);
        switch (move.kind()) {
            case PASS -> {
                frame.note(point, live);
                return unchanged(point, live);
            }
            case SKIP -> {
                frame.landing = move.landing();
                return Points.LEAVE;
            }
            case INJECT -> {
                Object[] locals = listener.inject(frame, point, live);
                frame.note(point, frame.jumped ? Arrival.known(locals) : locals);
                frame.landing = move.landing();
                frame.jumped = move.landing() >= 0
                        && listener.mayJump(frame, pending.target(frame).liveIn(point.bySlot(locals)));
                return frame.jumped ? Points.LEAVE : locals;
            }
            case DESCEND -> {
                Object[] locals = listener.descend(frame, point, live);
                frame.note(point, locals);
                return locals;
            }
            case RESUME -> {
                Object[] locals = listener.resume(frame.depth(), point, live);
                frame.note(point, locals);
                path = null;
                frame.stack().forEach(LoopFrame::resumed);
                if (choice != null) {
                    choice.resumed(frame, point);
                }
                return locals;
            }
            default -> {
                listener.missed(move.found());
                throw new AssertionError("missed() MUST not return");
            }
        }
    }

    /** An override that calls the marker which it overrides is one step with it. */
    void stepBegins() {
        if (stepDepth.get()[0]++ == 0) {
            ResumePath pending = path;
            if (pending == null || !pending.repeatsStep(top.get())) {
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
        for (LoopFrame f = top.get();
                f != null && f.markTrained(trained);
                f = f.parent().orElse(null)) {
            assert f.depth() >= 0 : "activations MUST be counted from 0";
        }
    }

    void born(String framework, Object object) {
        listener.born(framework, object);
    }

    void evaluated() {
        markTrained();
        listener.evaluated();
    }
}
