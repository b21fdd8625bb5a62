package dev.belay.loop;

/** Makes the moves that lead a program along a saved path, and asks the listener for what was saved. */
final class ResumeMoves {

    private final LoopListener listener;

    ResumeMoves(LoopListener listener) {
        this.listener = listener;
    }

    /** Returns what a point returns. */
    Object[] make(ResumePath pending, ResumePath.Move move, LoopFrame frame, PointShape point, Object[] live) {
        return switch (move.kind()) {
            case PASS -> {
                frame.note(point, live);
                yield unchanged(point, live);
            }
            case SKIP -> {
                frame.landing = move.landing();
                yield Points.LEAVE;
            }
            case INJECT -> {
                frame.landing = move.landing();
                yield injected(pending, frame, point, listener.inject(frame, point, live));
            }
            case START -> noted(frame, point, listener.start(frame, point, live));
            case DESCEND -> noted(frame, point, listener.descend(frame, point, live));
            case RESUME -> noted(frame, point, listener.resume(frame.depth(), point, live));
            default -> {
                listener.missed(move.found());
                throw new AssertionError("missed() MUST not return");
            }
        };
    }

    private Object[] injected(ResumePath pending, LoopFrame frame, PointShape point, Object[] locals) {
        frame.note(point, frame.jumped ? Arrival.known(locals) : locals);
        frame.jumped = frame.landing >= 0
                && listener.mayJump(frame, pending.target(frame).liveIn(point.bySlot(locals)));
        return frame.jumped ? Points.LEAVE : locals;
    }

    /** Returns whether to go to a loop of a method at once that was entered just now. */
    boolean entered(ResumePath pending, LoopFrame frame, Object[] arguments) {
        frame.landing = pending.entry(frame);
        frame.jumped = frame.landing >= 0
                && listener.mayJump(frame, pending.target(frame).liveIn(arguments));
        return frame.jumped;
    }

    private static Object[] noted(LoopFrame frame, PointShape point, Object[] locals) {
        frame.note(point, locals);
        return locals;
    }

    /** A call takes its locals back always, so that no branch is needed where its arguments are on the stack. */
    static Object[] unchanged(PointShape point, Object[] locals) {
        return point.kind() == PointKind.CALL ? locals : null;
    }

    /**
     * The body of a lambda is called.
     *
     * @return what it returned in the saved run, in an array of one, where it is not to be run again; else null
     */
    Object[] called(ResumePath pending, LoopFrame body) {
        return switch (pending.body(body)) {
            case RETURNED -> {
                Object result = listener.repeated(body);
                body.trained().before();
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
}
