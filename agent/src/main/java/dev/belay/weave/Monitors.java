package dev.belay.weave;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * The locals in which the compiler keeps the objects of synchronized blocks. They MUST NOT be stored to: the program that
 * runs holds those very monitors, and the JVM compiles no method in which it cannot see that.
 */
final class Monitors {

    private final FlowGraph flow;
    private final BitSet slots = new BitSet();

    Monitors(FlowGraph flow) {
        this.flow = flow;
        for (int i : flow.order()) {
            if (flow.instruction(i).getOpcode() == Opcodes.ALOAD && exits(i)) {
                slots.set(((VarInsnNode) flow.instruction(i)).var);
            }
        }
    }

    private boolean loads(int i) {
        int op = flow.instruction(i).getOpcode(); // a number may be in the same slot elsewhere
        return op >= Opcodes.ILOAD && op <= Opcodes.ALOAD;
    }

    private boolean exits(int load) {
        int next = flow.real(load + 1);
        return next < flow.size() && flow.instruction(next).getOpcode() == Opcodes.MONITOREXIT;
    }

    /** Returns whether what a local holds before an instruction is read from there on to leave monitors only. */
    boolean keeps(int slot, int instruction) {
        if (!slots.get(slot)) {
            return false;
        }
        BitSet seen = new BitSet();
        Deque<Integer> work = new ArrayDeque<>(List.of(instruction));
        seen.set(instruction);
        while (!work.isEmpty()) {
            int i = work.pop();
            boolean uses = flow.instruction(i) instanceof VarInsnNode v && v.var == slot;
            if (uses && loads(i) && !exits(i)) {
                return false;
            } else if (!uses || loads(i)) {
                push(flow.normal(i), seen, work);
                push(flow.exceptional(i), seen, work);
            }
        }
        return true;
    }

    private static void push(int[] next, BitSet seen, Deque<Integer> work) {
        for (int i : next) {
            if (!seen.get(i)) {
                seen.set(i);
                work.push(i);
            }
        }
    }
}
