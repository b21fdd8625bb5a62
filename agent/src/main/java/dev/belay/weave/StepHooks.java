package dev.belay.weave;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.VarInsnNode;

/** Reports of step markers, evaluations, measurements and births of framework objects. */
final class StepHooks {

    private StepHooks() {}

    /** The method is one step; one that throws is none. */
    static void step(MethodNode method) {
        LabelNode start = new LabelNode();
        LabelNode end = new LabelNode();
        beforeReturns(method, () -> list(PointCode.invoke("stepEnded", "()V")));
        InsnList prologue = list(PointCode.invoke("stepBegins", "()V"));
        prologue.add(start);
        method.instructions.insert(prologue);
        method.instructions.add(end);
        method.instructions.add(
                new FrameNode(Opcodes.F_NEW, 0, new Object[0], 1, new Object[] {"java/lang/Throwable"}));
        method.instructions.add(PointCode.invoke("stepFailed", "()V"));
        method.instructions.add(new InsnNode(Opcodes.ATHROW));
        method.tryCatchBlocks.add(new TryCatchBlockNode(start, end, end, null));
    }

    /** The method evaluates one batch. */
    static void evaluation(MethodNode method) {
        method.instructions.insert(PointCode.invoke("evaluated", "()V"));
    }

    /** The framework's adapter wants to see what the method returns. */
    static void measurement(MethodNode method, String framework) {
        beforeReturns(
                method,
                () -> list(
                        new InsnNode(Opcodes.DUP),
                        new LdcInsnNode(framework),
                        new InsnNode(Opcodes.SWAP),
                        new VarInsnNode(Opcodes.ALOAD, 0),
                        new InsnNode(Opcodes.SWAP),
                        PointCode.invoke("measured", "(Ljava/lang/String;Ljava/lang/Object;Ljava/lang/Object;)V")));
    }

    /** The constructor makes an object that the framework's adapter wants to see. */
    static void birth(MethodNode constructor, String framework) {
        beforeReturns(
                constructor,
                () -> list(
                        new LdcInsnNode(framework),
                        new VarInsnNode(Opcodes.ALOAD, 0),
                        PointCode.invoke("born", "(Ljava/lang/String;Ljava/lang/Object;)V")));
    }

    private static void beforeReturns(MethodNode method, java.util.function.Supplier<InsnList> code) {
        for (AbstractInsnNode insn : method.instructions.toArray()) {
            if (insn.getOpcode() >= Opcodes.IRETURN && insn.getOpcode() <= Opcodes.RETURN) {
                method.instructions.insertBefore(insn, code.get());
            }
        }
    }

    private static InsnList list(AbstractInsnNode... instructions) {
        InsnList list = new InsnList();
        for (AbstractInsnNode i : instructions) {
            list.add(i);
        }
        return list;
    }
}
