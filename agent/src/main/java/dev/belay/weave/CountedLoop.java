package dev.belay.weave;

import dev.belay.loop.LoopBound;
import dev.belay.loop.LoopBound.Comparison;
import dev.belay.loop.LoopBound.FieldName;
import dev.belay.loop.LoopBound.Limit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/** Sees how often a loop goes round, where its test compares a counter with a limit: {@code for (int i = 0; i < n; i++)}. */
final class CountedLoop {

    /** A longer test is no comparison of a counter. */
    private static final int MOST = 6;

    private final FlowGraph flow;
    private final NaturalLoop loop;
    private final List<NaturalLoop> all;

    /** @param all the loops of the method */
    CountedLoop(FlowGraph flow, NaturalLoop loop, List<NaturalLoop> all) {
        this.flow = flow;
        this.loop = loop;
        this.all = all;
    }

    /**
     * Returns the bound; empty where the loop is no such loop.
     *
     * @param stepEach whether each iteration makes exactly one step
     */
    Optional<LoopBound> bound(boolean stepEach) {
        List<AbstractInsnNode> test = new ArrayList<>();
        int at = loop.head();
        while (flow.normal(at).length == 1 && loop.contains(at) && test.size() < MOST) {
            test.add(flow.instruction(at));
            at = flow.normal(at)[0];
        }
        if (!loop.contains(at) || test.isEmpty() || !reads(test.get(0), Opcodes.ILOAD)) {
            return Optional.empty();
        }
        int counter = ((VarInsnNode) test.get(0)).var;
        Optional<Limit> limit =
                limit(test.subList(1, test.size()), flow.instruction(at).getOpcode());
        Optional<Comparison> goesOn = goesOn(at);
        Optional<IincInsnNode> count = count(counter);
        if (limit.isEmpty() || goesOn.isEmpty() || count.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new LoopBound(counter, count.get().incr, goesOn.get(), limit.get(), stepEach));
    }

    private static boolean reads(AbstractInsnNode insn, int opcode) {
        return insn.getOpcode() == opcode && insn instanceof VarInsnNode;
    }

    /** @param jump a comparison with zero has no operand for it */
    private Optional<Limit> limit(List<AbstractInsnNode> operand, int jump) {
        if (operand.isEmpty()) {
            boolean zero = jump >= Opcodes.IFEQ && jump <= Opcodes.IFLE;
            return zero ? Optional.of(Limit.of(0)) : Optional.empty();
        }
        AbstractInsnNode first = operand.get(0);
        boolean two = jump >= Opcodes.IF_ICMPEQ && jump <= Opcodes.IF_ICMPLE;
        if (!two) {
            return Optional.empty();
        } else if (reads(first, Opcodes.ALOAD)) {
            return path(((VarInsnNode) first).var, operand.subList(1, operand.size()));
        } else if (operand.size() > 1) {
            return Optional.empty();
        } else if (reads(first, Opcodes.ILOAD)) {
            return path(((VarInsnNode) first).var, List.of());
        }
        return constant(first).map(Limit::of);
    }

    /** Returns what a local, or a field behind it, holds; or the length of the array there. */
    private Optional<Limit> path(int slot, List<AbstractInsnNode> behind) {
        List<FieldName> fields = new ArrayList<>();
        for (AbstractInsnNode insn : behind) {
            if (insn instanceof FieldInsnNode f && f.getOpcode() == Opcodes.GETFIELD) {
                fields.add(new FieldName(f.owner, f.name));
            } else if (insn.getOpcode() != Opcodes.ARRAYLENGTH) {
                return Optional.empty();
            }
        }
        boolean changes = loop.body().stream()
                .mapToObj(flow::instruction)
                .anyMatch(i -> writes(i, slot)
                        || i instanceof FieldInsnNode f
                                && f.getOpcode() == Opcodes.PUTFIELD
                                && fields.contains(new FieldName(f.owner, f.name)));
        return changes ? Optional.empty() : Optional.of(new Limit(0, slot, fields));
    }

    private static Optional<Integer> constant(AbstractInsnNode insn) {
        int opcode = insn.getOpcode();
        if (opcode >= Opcodes.ICONST_M1 && opcode <= Opcodes.ICONST_5) {
            return Optional.of(opcode - Opcodes.ICONST_0);
        } else if (opcode == Opcodes.BIPUSH || opcode == Opcodes.SIPUSH) {
            return Optional.of(((IntInsnNode) insn).operand);
        }
        return insn instanceof LdcInsnNode ldc && ldc.cst instanceof Integer i ? Optional.of(i) : Optional.empty();
    }

    private static boolean writes(AbstractInsnNode insn, int slot) {
        return insn instanceof IincInsnNode inc && inc.var == slot
                || insn instanceof VarInsnNode v && v.var == slot && v.getOpcode() >= Opcodes.ISTORE;
    }

    /** Returns the one instruction that changes the counter, if each iteration passes it once. */
    private Optional<IincInsnNode> count(int counter) {
        int[] writes = loop.body().stream()
                .filter(i -> writes(flow.instruction(i), counter))
                .toArray();
        return writes.length == 1 && flow.instruction(writes[0]) instanceof IincInsnNode inc && isOnceEach(writes[0])
                ? Optional.of(inc).filter(i -> i.incr != 0)
                : Optional.empty();
    }

    /** Returns whether each iteration that is followed by another one passes an instruction exactly once. */
    boolean isOnceEach(int instruction) {
        boolean always = loop.backEdges().stream().allMatch(e -> flow.dominates(instruction, e.from()));
        return always
                && all.stream()
                        .noneMatch(l -> l.head() != loop.head() && loop.contains(l.head()) && l.contains(instruction));
    }

    private Optional<Comparison> goesOn(int at) {
        int[] next = flow.normal(at);
        if (next.length != 2 || loop.contains(next[0]) == loop.contains(next[1])) {
            return Optional.empty();
        }
        boolean jumps = loop.contains(next[0]); // the target of a jump comes first
        return switch (flow.instruction(at).getOpcode()) {
            case Opcodes.IFEQ, Opcodes.IF_ICMPEQ -> jumps ? Optional.empty() : Optional.of(Comparison.OTHER_THAN);
            case Opcodes.IFNE, Opcodes.IF_ICMPNE -> jumps ? Optional.of(Comparison.OTHER_THAN) : Optional.empty();
            case Opcodes.IFLT, Opcodes.IF_ICMPLT -> Optional.of(jumps ? Comparison.LESS : Comparison.AT_LEAST);
            case Opcodes.IFGE, Opcodes.IF_ICMPGE -> Optional.of(jumps ? Comparison.AT_LEAST : Comparison.LESS);
            case Opcodes.IFGT, Opcodes.IF_ICMPGT -> Optional.of(jumps ? Comparison.MORE : Comparison.AT_MOST);
            case Opcodes.IFLE, Opcodes.IF_ICMPLE -> Optional.of(jumps ? Comparison.AT_MOST : Comparison.MORE);
            default -> Optional.empty();
        };
    }
}
