package dev.belay.weave;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/** In how many loops a method runs at least, counted from main over all calls on the way. */
final class NestingLevels {

    private final CallReach reach;
    private final Function<MethodKey, MethodLoops> loops;
    private final Map<MethodKey, Integer> levels = new HashMap<>();
    private final List<Deque<MethodKey>> pending = new ArrayList<>();

    /** @param loops finds the loops of a method that count; null where there are none */
    NestingLevels(CallReach reach, Function<MethodKey, MethodLoops> loops) {
        this.reach = reach;
        this.loops = loops;
        reach.starts().forEach(m -> reached(m, 0));
        for (int level = 0; level < pending.size(); level++) { // the list grows meanwhile
            for (MethodKey m = pending.get(level).poll();
                    m != null;
                    m = pending.get(level).poll()) {
                if (levels.get(m) == level) {
                    follow(m, level);
                }
            }
        }
    }

    private void reached(MethodKey method, int level) {
        if (levels.getOrDefault(method, Integer.MAX_VALUE) > level) {
            levels.put(method, level);
            while (pending.size() <= level) {
                pending.add(new ArrayDeque<>());
            }
            pending.get(level).add(method);
        }
    }

    private void follow(MethodKey method, int level) {
        Map<CallReach.Called, Set<MethodKey>> callees = reach.calleesOf(method);
        MethodLoops own = callees.isEmpty() ? null : loops.apply(method);
        if (own == null) {
            callees.values().forEach(targets -> targets.forEach(t -> reached(t, level)));
            return;
        }
        callees.getOrDefault(CallReach.LATER, Set.of()).forEach(t -> reached(t, level));
        for (int i : own.flow().order()) {
            AbstractInsnNode insn = own.flow().instruction(i);
            if (insn instanceof MethodInsnNode call) {
                int inside = own.depth(i);
                callees.getOrDefault(new CallReach.Called(call.owner, call.name + call.desc), Set.of())
                        .forEach(t -> reached(t, level + inside));
            }
        }
    }

    /** Returns the level of a method; empty if main does not reach it. */
    OptionalInt of(MethodKey method) {
        Integer level = levels.get(method);
        return level == null ? OptionalInt.empty() : OptionalInt.of(level);
    }
}
