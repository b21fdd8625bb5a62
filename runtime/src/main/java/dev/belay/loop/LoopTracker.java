package dev.belay.loop;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps the stack of woven activations per thread and, while a resume is pending, follows the saved path. */
public final class LoopTracker {

    private final List<MethodShape> methods = new CopyOnWriteArrayList<>();
    private final ThreadLocal<LoopFrame> top = new ThreadLocal<>();
    private final ThreadLocal<int[]> stepDepth = ThreadLocal.withInitial(() -> new int[1]);
    private final Set<LoopHead> trained = ConcurrentHashMap.newKeySet();
    private final LoopListener listener;
    private volatile ResumePath path;

    /** @param listener receives what happens; MUST be set up before the first woven class runs */
    public LoopTracker(LoopListener listener) {
        this.listener = listener;
    }

    /** Registers a woven method; returns the number that its code hands to {@link Points#enter}. */
    public synchronized int register(MethodShape method) {
        methods.add(method);
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

    /** Returns the heads of the loops directly around the step loop, as seen from the innermost activation. */
    public Set<LoopHead> epochLoops() {
        LoopFrame frame = top.get();
        return frame == null ? Set.of() : EpochLoops.around(frame);
    }

    LoopFrame enter(int method) {
        LoopFrame frame = new LoopFrame(methods.get(method), top.get());
        top.set(frame);
        return frame;
    }

    void exit(LoopFrame frame) {
        LoopFrame below = frame.parent().orElse(null);
        if (below == null) {
            top.remove();
        } else {
            top.set(below);
        }
    }

    Object[] point(LoopFrame frame, int index, Object[] locals) {
        PointShape point = frame.method().points().get(index);
        ResumePath pending = path;
        if (pending != null) {
            return follow(pending, frame, point, locals);
        }
        frame.note(point, locals);
        if (point.kind() == PointKind.OUTER) {
            listener.arrived(frame, point);
        }
        if (Points.flag) {
            listener.reached(frame, point);
        }
        if (point.kind() == PointKind.EXIT) {
            listener.left(frame, point);
        }
        return unchanged(point, locals);
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
                Object[] locals = listener.inject(frame.depth(), point, live);
                frame.note(point, locals);
                return locals;
            }
            case DESCEND -> {
                Object[] locals = listener.descend(frame.depth(), point, live);
                frame.note(point, locals);
                return locals;
            }
            case RESUME -> {
                Object[] locals = listener.resume(frame.depth(), point, live);
                frame.note(point, locals);
                path = null;
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
            listener.stepBegins(path != null);
        }
    }

    void stepEnded() {
        if (--stepDepth.get()[0] == 0) {
            iterationEnded();
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
        for (LoopFrame f = top.get(); f != null && f.markTrained(trained); f = f.parent().orElse(null)) {
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
