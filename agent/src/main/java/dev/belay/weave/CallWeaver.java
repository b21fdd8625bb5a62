package dev.belay.weave;

import java.util.List;
import java.util.Optional;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/** Weaves the points before calls; the operand stack is put aside where it is handed over. */
final class CallWeaver {

    private final MethodNode method;
    private final PointPlan plan;
    private final int activation;
    private final Frames frames;
    private int spilledTo;

    CallWeaver(Loom loom) {
        this.method = loom.method();
        this.plan = loom.plan();
        this.activation = loom.activation();
        this.frames = loom.frames();
        this.spilledTo = plan.firstSpillSlot();
    }

    void weave(PointPlan.Call call) {
        InsnList code = new InsnList();
        InsnList reload = new InsnList();
        int slot = plan.firstSpillSlot();
        for (SlotTypes.StackValue value : call.spilled()) {
            code.insert(new VarInsnNode(value.type().getOpcode(Opcodes.ISTORE), slot)); // the top comes first
            reload.add(new VarInsnNode(value.type().getOpcode(Opcodes.ILOAD), slot));
            slot += value.type().getSize();
        }
        spilledTo = Math.max(spilledTo, slot);
        if (call.operands() > 0) {
            operands(code, call, slot);
        }
        PointCode.handOver(code, call.shape(), activation);
        PointCode.takeBack(code, call.shape());
        code.add(new InsnNode(Opcodes.POP));
        code.add(reload);
        Optional<List<Object>> stack = plan.switchable() ? plan.types().stackMapStack(call.at()) : Optional.empty();
        if (stack.isPresent()) { // elsewhere the point itself finds that it has nothing to do
            LabelNode go = new LabelNode();
            InsnList test = new InsnList();
            PointCode.unlessActive(test, call.shape().index(), activation, go);
            code.insert(test);
            code.add(go);
            code.add(frames.at(call.at(), stack.get().toArray()));
        }
        method.instructions.insertBefore(plan.flow().instruction(call.at()), code);
    }

    /** Points.calls(activation, point, name of the method, operands) */
    private void operands(InsnList code, PointPlan.Call call, int end) {
        List<SlotTypes.StackValue> all = call.spilled();
        List<SlotTypes.StackValue> operands = all.subList(all.size() - call.operands(), all.size());
        int slot = end - operands.stream().mapToInt(v -> v.type().getSize()).sum();
        code.add(new VarInsnNode(Opcodes.ALOAD, activation));
        code.add(PointCode.number(call.shape().index()));
        code.add(new LdcInsnNode(((MethodInsnNode) plan.flow().instruction(call.at())).name));
        code.add(PointCode.boxed(
                operands.stream().map(SlotTypes.StackValue::type).toList(), slot));
        code.add(PointCode.invoke("calls", "(Ljava/lang/Object;ILjava/lang/String;" + PointCode.OBJECTS + ")V"));
    }

    /** Returns the first local behind all operands that are put aside. */
    int maxLocals() {
        return spilledTo;
    }
}
