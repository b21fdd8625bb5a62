package dev.belay.weave;

import java.util.BitSet;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/** Which local variables may still be read at each instruction. */
final class Liveness {

    private final FlowGraph flow;
    private final BitSet[] live;

    Liveness(FlowGraph flow) {
        this.flow = flow;
        this.live = new BitSet[flow.size()];
        for (int i : flow.order()) {
            live[i] = new BitSet();
        }
        boolean changed = true;
        while (changed) {
            changed = false;
            int[] order = flow.order();
            for (int k = order.length - 1; k >= 0; k--) {
                BitSet before = before(order[k]);
                if (!before.equals(live[order[k]])) {
                    live[order[k]] = before;
                    changed = true;
                }
            }
        }
    }

    private BitSet before(int i) {
        BitSet set = new BitSet();
        for (int s : flow.normal(i)) {
            set.or(live[s]);
        }
        AbstractInsnNode insn = flow.instruction(i);
        int op = insn.getOpcode();
        if (insn instanceof VarInsnNode v && op >= Opcodes.ISTORE && op <= Opcodes.ASTORE) {
            set.clear(v.var);
        }
        // an exception may come before the store
        for (int s : flow.exceptional(i)) {
            set.or(live[s]);
        }
        if (insn instanceof VarInsnNode v && op <= Opcodes.ALOAD) {
            set.set(v.var);
        } else if (insn instanceof IincInsnNode inc) {
            set.set(inc.var);
        }
        return set;
    }

    /** Returns the locals that may be read at or after a reachable instruction. */
    BitSet at(int i) {
        return (BitSet) live[i].clone();
    }

    /** Returns the locals that may be read after a reachable instruction, whether it returns or throws. */
    BitSet after(int i) {
        BitSet set = new BitSet();
        for (int s : flow.normal(i)) {
            set.or(live[s]);
        }
        for (int s : flow.exceptional(i)) {
            set.or(live[s]);
        }
        return set;
    }
}
