package dev.belay.weave;

import dev.belay.loop.LocalShape;
import dev.belay.loop.PointKind;
import dev.belay.loop.PointShape;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.MethodNode;

/** Gives the points of one method their indices, in the order in which they are asked for, and says what each hands over. */
final class PointShapes {

    private final MethodNode method;
    private final MethodLoops loops;
    private final SourceNames names;
    private final SlotTypes types;
    private final Monitors monitors;
    private final Calls calls;
    private final Map<NaturalLoop, Integer> heads = new LinkedHashMap<>();
    private int count;

    /** The heads of all recognised loops have the first indices. */
    PointShapes(MethodNode method, MethodLoops loops, SlotTypes types, Calls calls) {
        this.method = method;
        this.loops = loops;
        this.types = types;
        this.calls = calls;
        this.names = new SourceNames(method);
        this.monitors = new Monitors(loops.flow());
        loops.recognised().forEach(l -> heads.put(l, count++));
    }

    /** Returns how many points have an index. */
    int count() {
        return count;
    }

    /** Returns an index for a point that is no head. */
    int next() {
        return count++;
    }

    /** Returns the index of a loop's head. */
    int head(NaturalLoop loop) {
        return heads.get(loop);
    }

    boolean isHead(int instruction) {
        return heads.keySet().stream().anyMatch(l -> l.head() == instruction);
    }

    /** Returns the source line of an instruction. */
    int line(int at) {
        return names.line(at);
    }

    /** Returns a point that is no head. */
    PointShape of(int index, PointKind kind, int at, BitSet live, int loop) {
        return of(index, kind, at, live, loop, false, false);
    }

    /**
     * Returns a point.
     *
     * @param live slots that the code behind it reads
     * @param loop head of the loop that is left there, or -1
     */
    PointShape of(int index, PointKind kind, int at, BitSet live, int loop, boolean steps, boolean skippable) {
        NaturalLoop left = loop < 0 ? null : leftLoop(loop);
        List<Integer> around = loops.around(left == null ? at : left.head()).stream()
                .map(heads::get)
                .toList();
        boolean behindStep = loops.stepBefore(left == null ? at : left.head(), calls);
        return new PointShape(
                index, kind, names.line(at), locals(at, live), around, loop, steps, behindStep, skippable);
    }

    private NaturalLoop leftLoop(int index) {
        return heads.entrySet().stream()
                .filter(e -> e.getValue() == index)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    /** Returns the locals that a point hands over there. */
    List<LocalShape> locals(int at, BitSet live) {
        List<LocalShape> locals = new ArrayList<>();
        boolean instance = (method.access & Opcodes.ACC_STATIC) == 0;
        if (instance && types.local(at, 0) != null) {
            locals.add(new LocalShape("this", 0, types.local(at, 0).getDescriptor()));
        }
        BitSet handed = captured();
        handed.or(live);
        for (int slot = handed.nextSetBit(instance ? 1 : 0); slot >= 0; slot = handed.nextSetBit(slot + 1)) {
            Type type = types.local(at, slot);
            if (type != null && !type.equals(SlotTypes.NULL) && !monitors.keeps(slot, at)) {
                locals.add(new LocalShape(names.name(slot, at), slot, type.getDescriptor()));
            }
        }
        return locals;
    }

    /**
     * Returns the slots of what a lambda captured, which is never assigned: where it is a thread's task, those who wait for
     * the thread may read it afterwards, and their frames are not saved.
     */
    private BitSet captured() {
        BitSet slots = new BitSet();
        if (method.name.startsWith("lambda$") && (method.access & Opcodes.ACC_SYNTHETIC) != 0) {
            int first = (method.access & Opcodes.ACC_STATIC) == 0 ? 1 : 0;
            slots.set(first, first + (Type.getArgumentsAndReturnSizes(WovenCopy.original(method.desc)) >> 2) - 1);
        }
        return slots;
    }
}
