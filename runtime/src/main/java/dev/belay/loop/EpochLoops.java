package dev.belay.loop;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds the epoch loop: the loop directly around the step loop, in the same method or around the call to it. */
public final class EpochLoops {

    private EpochLoops() {}

    /** A loop that makes steps itself, around another one, is a step loop. */
    static Set<LoopHead> around(LoopFrame frame) {
        Set<LoopHead> heads = loopsAround(frame);
        for (LoopFrame f : frame.stack()) {
            f.method().points().stream()
                    .filter(PointShape::steps)
                    .forEach(p -> heads.remove(new LoopHead(f.method().key(), p.index())));
        }
        return heads;
    }

    /** Returns the loop directly around a step loop that was found while the program runs; empty if there is none. */
    public static Set<LoopHead> around(LoopFrame frame, PointShape stepLoop) {
        Set<LoopHead> heads = new HashSet<>();
        addInnermost(heads, frame, stepLoop.around());
        for (LoopFrame f = frame.parent().orElse(null);
                f != null && heads.isEmpty();
                f = f.parent().orElse(null)) {
            addInnermost(heads, f, f.at().map(PointShape::around).orElse(List.of()));
        }
        return heads;
    }

    private static Set<LoopHead> loopsAround(LoopFrame frame) {
        Set<LoopHead> heads = new HashSet<>();
        boolean stepLoopSeen = false;
        for (PointShape p : frame.method().points()) {
            if (p.steps() && (p.kind() == PointKind.LEAF || p.kind() == PointKind.OUTER)) {
                stepLoopSeen = true;
                addInnermost(heads, frame, p.around());
            }
        }
        if (!heads.isEmpty()) {
            return heads;
        }
        LoopFrame f = frame;
        if (!stepLoopSeen) {
            f = innermostLoopCaller(frame);
        }
        for (LoopFrame g = f == null ? null : f.parent().orElse(null);
                g != null;
                g = g.parent().orElse(null)) {
            List<Integer> around = g.at().map(PointShape::around).orElse(List.of());
            if (!around.isEmpty()) {
                addInnermost(heads, g, around);
                return heads;
            }
        }
        return heads;
    }

    /** The step marker was called from a method without a loop of its own: the step loop is further down. */
    private static LoopFrame innermostLoopCaller(LoopFrame frame) {
        for (LoopFrame g = frame; g != null; g = g.parent().orElse(null)) {
            if (g.at().isPresent() && !g.at().get().around().isEmpty()) {
                return g;
            }
        }
        return null;
    }

    private static void addInnermost(Set<LoopHead> heads, LoopFrame frame, List<Integer> around) {
        if (!around.isEmpty()) {
            heads.add(new LoopHead(frame.method().key(), around.get(around.size() - 1)));
        }
    }
}
