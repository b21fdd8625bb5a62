package dev.belay.weave;

import dev.belay.loop.LocalShape;
import dev.belay.loop.PointShape;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

/** Weaves the planned points into one method. New blocks go to the method's end; nothing of the old code is moved. */
final class MethodWeaver {

    private final MethodNode method;
    private final PointPlan plan;
    private final InsnList prologue;
    private final Loom loom;
    private final boolean body;
    private final Landings landings;

    /**
     * @param prologue puts the activation into its local, the first one that the method does not use
     * @param body whether it is the body of a lambda
     * @param evadable heads that a resume can jump to
     */
    MethodWeaver(MethodNode method, PointPlan plan, InsnList prologue, boolean body, Set<Integer> evadable) {
        this.method = method;
        this.plan = plan;
        this.prologue = prologue;
        this.loom = Loom.of(method, plan);
        this.body = body;
        this.landings = new Landings(loom, evadable);
    }

    void weave() {
        NewLabels labels = new NewLabels(method);
        ExitWeaver exits = new ExitWeaver(loom);
        CallWeaver calls = new CallWeaver(loom);
        loom.frames().extendAll();
        new IteratorWeaver(method, plan, loom.activation()).weave();
        plan.heads().forEach(exits::exits);
        plan.heads().forEach(exits::backEdges);
        plan.heads().forEach(new HeadWeaver(loom, landings)::weave);
        plan.calls().forEach(calls::weave);
        returns();
        enclose();
        labels.restore();
        method.maxLocals = calls.maxLocals();
    }

    private void returns() {
        for (AbstractInsnNode insn : method.instructions.toArray()) {
            if (insn.getOpcode() >= Opcodes.IRETURN && insn.getOpcode() <= Opcodes.RETURN) {
                InsnList code = new InsnList();
                if (body) {
                    BodyCode.returns(code, method, loom.activation());
                }
                PointCode.exit(code, loom.activation());
                method.instructions.insertBefore(insn, code);
            }
        }
    }

    /** Enters at the start, or after this() or super(), and leaves on every exception. */
    private void enclose() {
        LabelNode start = new LabelNode();
        LabelNode end = new LabelNode();
        prologue.add(start);
        int superCall = plan.types().superCall();
        if (superCall >= 0) {
            method.instructions.insert(plan.flow().instruction(superCall), prologue);
        } else {
            if (body) {
                BodyCode.called(prologue, method, loom.frames().atStart(), loom.activation());
            } else {
                landings.atStart(prologue);
            }
            method.instructions.insert(prologue);
        }
        method.instructions.add(loom.blocks().code());
        method.instructions.add(end);
        method.instructions.add(loom.frames().handler());
        InsnList handler = new InsnList();
        PointCode.exit(handler, loom.activation());
        handler.add(new InsnNode(Opcodes.ATHROW));
        method.instructions.add(handler);
        method.tryCatchBlocks.add(new TryCatchBlockNode(start, end, end, null));
    }

    /** Returns the locals of a shape, for people. */
    static String describe(PointShape point) {
        String locals =
                String.join(", ", point.locals().stream().map(LocalShape::name).toList());
        return point.kind() + " line " + point.line() + " (" + locals + ")";
    }
}
