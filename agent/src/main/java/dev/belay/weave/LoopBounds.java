package dev.belay.weave;

import dev.belay.loop.LoopBound;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/** Sees how often the recognised loops of one method go round. */
final class LoopBounds {

    private final PointPlan plan;
    private final Calls calls;
    private final Selection selection;

    LoopBounds(PointPlan plan, Calls calls, Selection selection) {
        this.plan = plan;
        this.calls = calls;
        this.selection = selection;
    }

    /** Returns the bounds of those that count, by the points of their heads. */
    Map<Integer, LoopBound> all() {
        Map<Integer, LoopBound> bounds = new TreeMap<>();
        List<NaturalLoop> loops = NaturalLoop.of(plan.flow());
        for (PointPlan.Head head : plan.heads()) {
            CountedLoop counted = new CountedLoop(plan.flow(), head.loop(), loops);
            boolean stepEach = plan.switchable() || head.iterationIsStep() || hasOneStep(head.loop(), counted);
            counted.bound(stepEach).ifPresent(b -> bounds.put(head.shape().index(), b));
        }
        return bounds;
    }

    /** Returns whether a step marker itself is called once in each iteration, and nothing else that may make steps. */
    private boolean hasOneStep(NaturalLoop loop, CountedLoop counted) {
        int[] stepping = loop.body().stream()
                .filter(i -> calls.steps(plan.flow().instruction(i)))
                .toArray();
        return stepping.length == 1
                && isMarker(plan.flow().instruction(stepping[0]))
                && counted.isOnceEach(stepping[0]);
    }

    private boolean isMarker(AbstractInsnNode call) {
        return call instanceof MethodInsnNode m && selection.isStep(new MethodKey(m.owner, m.name + m.desc));
    }
}
