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
    private int depth;

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

    Set<LoopHead> trained() {
        return trained;
    }

    Move next(LoopFrame frame, PointShape point) {
        LoopFrame deepest = depth == 0 ? null : matched[depth - 1];
        if (frame.depth() < depth) {
            return frame == matched[frame.depth()] && matched[frame.depth()] != null
                    ? Move.miss("it came back to " + place(frame, point) + " before the position was reached")
                    : skipOrPass(frame, point);
        }
        boolean candidate = frame.depth() == depth
                && frame.parent().orElse(null) == deepest
                && frame.method().key().equals(frames.get(depth).method());
        return candidate ? onPath(frame, point) : skipOrPass(frame, point);
    }

    private Move onPath(LoopFrame frame, PointShape point) {
        SavedFrame saved = frames.get(depth);
        boolean last = depth == frames.size() - 1;
        PointShape target = frame.method().points().get(saved.point());
        if (point.index() == target.index()) {
            matched[depth++] = frame;
            injected.clear();
            return Move.of(last ? Kind.RESUME : Kind.DESCEND);
        }
        if (target.around().contains(point.index())) {
            return injected.add(point.index())
                    ? Move.of(Kind.INJECT)
                    : Move.miss("it began another iteration at " + place(frame, point));
        }
        if (target.kind() == PointKind.EXIT && target.loop() == point.index()) {
            return Move.skipTo(target.index());
        }
        return skipOrPass(frame, point);
    }

    private Move skipOrPass(LoopFrame frame, PointShape point) {
        boolean complete = trained.contains(new LoopHead(frame.method().key(), point.index()));
        return switch (point.kind()) {
            case LEAF, OUTER -> !complete
                    ? Move.of(Kind.PASS)
                    : point.skippable()
                    ? Move.skipTo(-1)
                    : Move.miss("the loop at " + place(frame, point) + " was complete but has no exit to skip to");
            case CALL, EXIT -> Move.of(Kind.PASS);
        };
    }

    private static String place(LoopFrame frame, PointShape point) {
        return frame.method().readable() + " line " + point.line();
    }
}
