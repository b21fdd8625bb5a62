package dev.belay.weave;

import dev.belay.loop.LocalShape;
import dev.belay.loop.PointKind;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/** Counts what loops that hold other points take from their iterators: those MUST be brought to their place on the way down. */
final class IteratorWeaver {

    private static final String ITERATOR = "java/util/Iterator";
    private static final String DESCRIPTOR = "L" + ITERATOR + ";";

    private final MethodNode method;
    private final PointPlan plan;
    private final FlowGraph flow;
    private final int activation;

    IteratorWeaver(MethodNode method, PointPlan plan, int activation) {
        this.activation = activation;
        this.method = method;
        this.plan = plan;
        this.flow = plan.flow();
    }

    void weave() {
        for (int i : flow.order()) {
            int next = flow.real(i + 1);
            if (makesIterator(flow.instruction(i))
                    && next < flow.size()
                    && flow.instruction(next) instanceof VarInsnNode v
                    && v.getOpcode() == Opcodes.ASTORE) {
                loopOver(v.var, next)
                        .filter(head -> !escapes(v.var, head))
                        .ifPresent(head -> method.instructions.insert(flow.instruction(i), counting(head)));
            }
        }
    }

    private InsnList counting(PointPlan.Head head) {
        InsnList code = new InsnList();
        if (plan.switchable()) {
            code.add(new VarInsnNode(Opcodes.ALOAD, activation));
            code.add(PointCode.number(head.shape().index()));
            code.add(PointCode.invoke("counting", "(" + DESCRIPTOR + "Ljava/lang/Object;I)" + DESCRIPTOR));
        } else {
            code.add(PointCode.invoke("counting", "(" + DESCRIPTOR + ")" + DESCRIPTOR));
        }
        return code;
    }

    /** A for-each loop keeps an iterator of a class of its own as an Iterator all the same. */
    private static boolean makesIterator(AbstractInsnNode insn) {
        return insn instanceof MethodInsnNode m
                && (m.desc.equals("()" + DESCRIPTOR) || (m.name.equals("iterator") && m.desc.startsWith("()L")));
    }

    /** Returns the next loop behind a store if it takes its elements from the local. */
    private Optional<PointPlan.Head> loopOver(int slot, int store) {
        return plan.heads().stream()
                .filter(h -> h.loop().head() > store)
                .findFirst()
                .filter(h ->
                        h.shape().kind() == PointKind.OUTER && holds(h.shape().locals(), slot))
                .filter(h -> IntStream.range(store + 1, h.loop().head()).noneMatch(i -> stores(i, slot)));
    }

    private boolean stores(int i, int slot) {
        return flow.instruction(i) instanceof VarInsnNode v && v.getOpcode() >= Opcodes.ISTORE && v.var == slot;
    }

    private static boolean holds(List<LocalShape> locals, int slot) {
        return locals.stream().anyMatch(l -> l.slot() == slot && l.descriptor().equals(DESCRIPTOR));
    }

    /** What is more than asked for its elements may be cast to its own class: it MUST stay what it is. */
    private boolean escapes(int slot, PointPlan.Head head) {
        return head.exits().stream().anyMatch(e -> holds(e.shape().locals(), slot))
                || head.loop().body().stream().anyMatch(i -> loads(i, slot) && !asksIterator(flow.real(i + 1)));
    }

    private boolean loads(int i, int slot) {
        AbstractInsnNode insn = flow.instruction(i);
        return insn.getOpcode() == Opcodes.ALOAD
                && ((VarInsnNode) insn).var == slot
                && DESCRIPTOR.equals(String.valueOf(plan.types().local(i, slot)));
    }

    private boolean asksIterator(int i) {
        return flow.instruction(i) instanceof MethodInsnNode m && m.owner.equals(ITERATOR) && m.desc.startsWith("()");
    }
}
