package dev.belay.loop;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Leads a fresh program to a saved position, frame by frame. Loops off the path were complete at the saved position
 * and are skipped; whoever leaves the path has missed the position. Confined to the thread that meets its first frame.
 */
public final class ResumePath {

    /** What a point does while a resume is pending. */
    enum Kind {
        PASS,
        SKIP,
        INJECT,
        START,
        DESCEND,
        RESUME,
        MISS
    }

    /**
     * @param landing for SKIP: an EXIT point or -1
     * @param found for MISS: what the program did instead
     */
    record Move(Kind kind, int landing, String found) {
        static Move of(Kind kind) {
            return new Move(kind, -1, "");
        }

        static Move skipTo(int landing) {
            return new Move(Kind.SKIP, landing, "");
        }

        static Move miss(String found) {
            return new Move(Kind.MISS, -1, found);
        }
    }

    private final List<SavedFrame> frames;
    private final LoopFrame[] matched;
    private final Set<Integer> injected = new HashSet<>();
    private final Set<LoopHead> trained;
    private LoopFrame leaving;
    private int depth;
    /** Until a loop is entered or skipped, the program does what the saved run did when it began. */
    private boolean starting = true;

    /**
     * @param frames from the outermost activation to the one that was captured; not empty
     * @param trained the loops that are skipped where they are off the path; all others run as they did
     */
    public ResumePath(List<SavedFrame> frames, Set<LoopHead> trained) {
        if (frames.isEmpty()) {
            throw new IllegalArgumentException("a saved position has at least one frame");
        }
        this.frames = List.copyOf(frames);
        this.trained = Set.copyOf(trained);
        this.matched = new LoopFrame[frames.size()];
    }

    /**
     * Returns whether a step that begins now is one of those that the code on the way to the saved position makes outside of
     * the loops that are skipped: it is made again, and what it does is undone at the saved position.
     */
    boolean repeatsStep(LoopFrame top) {
        if (top == null || depth >= frames.size() || !isCandidate(top)) {
            return false;
        }
        PointShape target = top.method().points().get(frames.get(depth).point());
        boolean inOtherLoop = top.at()
                .filter(p -> p.kind() == PointKind.LEAF || p.kind() == PointKind.OUTER)
                .filter(p -> !target.around().contains(p.index()))
                .isPresent();
        return target.behindStep() && !inOtherLoop;
    }

    /** What is known of a call of a lambda's body. */
    enum Body {
        RETURNED,
        RUNNING,
        UNKNOWN
    }

    /** Returns what the saved run had done with this call of a body. */
    Body body(LoopFrame body) {
        LoopFrame parent = body.parent().orElse(null);
        SavedFrame below = parent == null || parent.at().isEmpty() ? null : saved(parent);
        if (below == null) {
            return Body.UNKNOWN;
        }
        int call = parent.at().get().index();
        if (below.bodies().contains(new SavedBody(call, body.method().key(), body.ordinal()))) {
            starting = false;
            return Body.RETURNED;
        }
        return isCandidate(body) && below.point() == call ? Body.RUNNING : Body.UNKNOWN;
    }

    /** Returns what was saved of an activation: it is on the path, or had ended; null if nothing was. */
    private SavedFrame saved(LoopFrame frame) {
        boolean onPath = frame.depth() <= depth
                && frame.depth() < frames.size()
                && (frame.depth() < depth ? matched[frame.depth()] == frame : isCandidate(frame));
        return onPath ? frames.get(frame.depth()) : ended(frame);
    }

    /** Returns what was saved of an activation that is off the path: it had ended; null if nothing was. */
    private SavedFrame ended(LoopFrame frame) {
        LoopFrame parent = frame.parent().orElse(null);
        if (parent == null || frame.ordinal() > 0 || parent.at().isEmpty()) {
            return null;
        }
        SavedFrame below = saved(parent);
        SavedFrame saved =
                below == null ? null : below.completed().get(parent.at().get().index());
        return saved != null && saved.method().equals(frame.method().key()) ? saved : null;
    }

    private boolean isCandidate(LoopFrame frame) {
        return frame.depth() == depth
                && frame.parent().orElse(null) == (depth == 0 ? null : matched[depth - 1])
                && isSaved(frame);
    }

    private boolean isSaved(LoopFrame frame) {
        SavedFrame saved = frames.get(depth);
        return frame.method().key().equals(saved.method()) && frame.ordinal() == saved.ordinal();
    }

    Set<LoopHead> trained() {
        return trained;
    }

    Move next(LoopFrame frame, PointShape point) {
        Move move = move(frame, point);
        starting &= move.kind() != Kind.INJECT && move.kind() != Kind.SKIP;
        return move;
    }

    private Move move(LoopFrame frame, PointShape point) {
        if (frame.depth() < depth) {
            return frame == matched[frame.depth()] && matched[frame.depth()] != null
                    ? Move.miss("it came back to " + place(frame, point) + " before the position was reached")
                    : offPath(frame, point);
        }
        return isCandidate(frame) ? onPath(frame, point) : offPath(frame, point);
    }

    private Move onPath(LoopFrame frame, PointShape point) {
        SavedFrame saved = frames.get(depth);
        boolean last = depth == frames.size() - 1;
        PointShape target = frame.method().points().get(saved.point());
        if (point.index() == target.index()) {
            matched[depth++] = frame;
            injected.clear();
            return Move.of(last ? Kind.RESUME : starting ? Kind.START : Kind.DESCEND);
        }
        if (target.around().contains(point.index())) {
            return injected.add(point.index())
                    ? Move.of(Kind.INJECT)
                    : Move.miss("it began another iteration at " + place(frame, point));
        }
        if (target.kind() == PointKind.EXIT && target.loop() == point.index()) {
            return Move.skipTo(target.index());
        }
        return skipOrPass(saved, frame, point);
    }

    private Move offPath(LoopFrame frame, PointShape point) {
        return skipOrPass(ended(frame), frame, point);
    }

    private boolean complete(LoopFrame frame, PointShape point) {
        boolean head = point.kind() == PointKind.LEAF || point.kind() == PointKind.OUTER;
        return head && trained.contains(new LoopHead(frame.method().key(), point.index()));
    }

    /**
     * A complete loop is left as the saved run left it, with the values that it had there: code behind the loop may depend on
     * both.
     *
     * @param saved the activation in the saved run, or null
     */
    private Move skipOrPass(SavedFrame saved, LoopFrame frame, PointShape point) {
        if (point.leaves() && leaving == frame && frame.landing == point.index()) {
            leaving = null;
            return Move.of(Kind.INJECT);
        } else if (!complete(frame, point)) {
            return Move.of(Kind.PASS);
        }
        for (int exit : saved == null ? Set.<Integer>of() : saved.exits()) {
            if (frame.method().points().get(exit).loop() == point.index()) {
                leaving = frame;
                return Move.skipTo(exit);
            }
        }
        return point.skippable()
                ? Move.skipTo(-1)
                : Move.miss("the loop at " + place(frame, point) + " was complete but has no exit to skip to");
    }

    private static String place(LoopFrame frame, PointShape point) {
        return frame.method().readable() + " line " + point.line();
    }
}
