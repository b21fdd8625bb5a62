package dev.belay.weave;

import java.util.BitSet;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * The test that a loop is left by: the instructions straight before the edge that leaves it. They have no effect but on the
 * operand stack, so that to run them once more leaves the loop again, unless a value that they read has changed since.
 */
final class ExitTest {

    private final FlowGraph flow;
    private final NaturalLoop loop;
    private final BitSet instructions = new BitSet();
    private int start = -1;

    ExitTest(FlowGraph flow, SlotTypes types, NaturalLoop loop, Edge exit) {
        this.flow = flow;
        this.loop = loop;
        int at = exit.from();
        while (at >= 0 && loop.contains(at) && hasNoEffect(flow.instruction(at).getOpcode())) {
            instructions.set(at);
            if (types.emptyStack(at) && types.stackMapLocals(at).equals(types.stackMapLocals(exit.from()))) {
                start = at;
            }
            at = at == loop.head() ? -1 : onlyBefore(at);
        }
    }

    private int onlyBefore(int at) {
        List<Integer> before = flow.predecessors(at);
        boolean straight = before.size() == 1
                && java.util.Arrays.stream(flow.normal(before.get(0))).anyMatch(i -> i == at);
        return straight ? before.get(0) : -1;
    }

    /** Returns its first instruction, where the operand stack is empty and the locals are those of the exit; -1 if there is none. */
    int start() {
        return start;
    }

    /** Returns whether a local is read in the loop elsewhere, too. */
    boolean readElsewhere(int slot) {
        return loop.body().stream()
                .filter(i -> !instructions.get(i))
                .mapToObj(flow::instruction)
                .anyMatch(insn -> insn instanceof IincInsnNode inc && inc.var == slot
                        || insn instanceof VarInsnNode v && v.var == slot && v.getOpcode() <= Opcodes.ALOAD);
    }

    private static boolean hasNoEffect(int opcode) {
        boolean storesArrays = opcode >= Opcodes.IASTORE && opcode <= Opcodes.SASTORE;
        boolean storesLocals = opcode >= Opcodes.ISTORE && opcode <= Opcodes.ASTORE;
        return opcode <= Opcodes.GOTO && !storesArrays && !storesLocals && opcode != Opcodes.IINC
                || opcode == Opcodes.GETFIELD
                || opcode == Opcodes.GETSTATIC
                || opcode == Opcodes.ARRAYLENGTH
                || opcode == Opcodes.CHECKCAST
                || opcode == Opcodes.INSTANCEOF
                || opcode == Opcodes.IFNULL
                || opcode == Opcodes.IFNONNULL;
    }
}
