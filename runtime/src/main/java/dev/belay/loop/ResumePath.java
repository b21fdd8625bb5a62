package dev.belay.loop;

import java.util.ArrayList;
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
     * @param landing for SKIP: an EXIT point or -1; for INJECT: the head that a jump may lead to or -1
     * @param found for MISS: what the program did instead
     */
    record Move(Kind kind, int landing, String found) {
        static Move of(Kind kind) {
            return new Move(kind, -1, "");
        }

        static Move inject(int jump) {
            return new Move(Kind.INJECT, jump, "");
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
        if (top == null || depth >= frames.size()) {
            return false;
        } else if (!isCandidate(top)) {
            return ended(top) != null && outsideOfLoops(top);
        }
        PointShape target = top.method().points().get(frames.get(depth).point());
        boolean inOtherLoop = top.at()
                .filter(p -> p.kind() == PointKind.LEAF || p.kind() == PointKind.OUTER)
                .filter(p -> !target.around().contains(p.index()))
                .isPresent();
        return target.behindStep() && !inOtherLoop;
    }

    /** Returns whether no loop is around what an activation does that had ended, but for those around the saved position. */
    private boolean outsideOfLoops(LoopFrame ended) {
        if (ended.at().filter(PointShape::isHead).isPresent()) {
            return false;
        }
        for (LoopFrame f = ended; f != null; f = f.parent().orElse(null)) {
            boolean onPath = isCandidate(f);
            List<Integer> known = onPath ? target(f).around() : List.of();
            List<Integer> around = f.at().map(PointShape::around).orElse(List.of());
            if (onPath || !known.containsAll(around)) {
                return known.containsAll(around);
            }
        }
        return true;
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

    /** Returns the saved point of an activation that may be the next one on the path. */
    PointShape target(LoopFrame frame) {
        return frame.method().points().get(frames.get(depth).point());
    }

    /**
     * Returns the loop that a resume may go to as soon as a method is entered; -1 if the code before it is run: it is part of
     * the program's start, or it cannot go past the loop.
     */
    int entry(LoopFrame frame) {
        return depth > 0 && depth < frames.size() && isCandidate(frame) && LoopsAround.recognised(frame)
                ? jump(frame, -1)
                : -1;
    }

    /** Returns the loop next on the way to the saved point that a resume may go to at once; -1 if there is none. */
    private int jump(LoopFrame frame, int from) {
        PointShape target = target(frame);
        List<Integer> way = new ArrayList<>(target.around());
        if (target.isHead() || target.kind() == PointKind.EXIT) {
            way.add(target.isHead() ? target.index() : target.loop());
        }
        int at = way.indexOf(from) + 1;
        if (at == way.size() || !frame.method().evadable().contains(way.get(at))) {
            return -1;
        }
        int next = way.get(at);
        boolean onward =
                target.kind() != PointKind.CALL && frame.method().evadable().containsAll(way.subList(at, way.size()));
        return onward || frames.get(depth).injectable().contains(next) ? next : -1;
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
                    ? Move.inject(jump(frame, point.index()))
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
