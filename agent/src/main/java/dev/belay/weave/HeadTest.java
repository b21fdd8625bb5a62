package dev.belay.weave;

import java.util.BitSet;
import java.util.List;
import org.objectweb.asm.Opcodes;

/**
 * The test at the head of a loop: the instructions that follow the head on every way and have no effect but on the operand
 * stack, so that to run them once more gives the same, or what has changed since.
 */
final class HeadTest {

    private final NaturalLoop loop;
    private final BitSet instructions = new BitSet();

    HeadTest(FlowGraph flow, NaturalLoop loop) {
        this.loop = loop;
        for (int i : flow.order()) {
            boolean follows = i == loop.head()
                    || loop.contains(i) && flow.predecessors(i).stream().allMatch(instructions::get);
            if (follows && hasNoEffect(flow.instruction(i).getOpcode())) {
                instructions.set(i);
            }
        }
    }

    /** Returns those of a loop's edges that leave it because its test fails, with the locals that its head has. */
    List<Edge> edges(List<Edge> exits, SlotTypes types) {
        List<Object> atHead = types.stackMapLocals(loop.head());
        return exits.stream()
                .filter(e -> instructions.get(e.from())
                        && types.stackMapLocals(e.from()).equals(atHead))
                .toList();
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
