package dev.belay.weave;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Passes what a method returns through a local of its own: {@code return step();} in a loop leaves it with the value on
 * the operand stack, where it could neither be saved nor be put back.
 */
final class ReturnValues {

    private ReturnValues() {}

    static void toLocal(MethodNode method) {
        Type type = Type.getReturnType(method.desc);
        if (type == Type.VOID_TYPE) {
            return;
        }
        int local = method.maxLocals;
        boolean changed = false;
        for (AbstractInsnNode insn : method.instructions.toArray()) {
            if (insn.getOpcode() == type.getOpcode(Opcodes.IRETURN) && !isLoad(insn.getPrevious())) {
                InsnList code = new InsnList();
                code.add(new VarInsnNode(type.getOpcode(Opcodes.ISTORE), local));
                code.add(new VarInsnNode(type.getOpcode(Opcodes.ILOAD), local));
                method.instructions.insertBefore(insn, code);
                changed = true;
            }
        }
        method.maxLocals += changed ? type.getSize() : 0;
    }

    private static boolean isLoad(AbstractInsnNode insn) {
        return insn instanceof VarInsnNode v && v.getOpcode() < Opcodes.ISTORE;
    }
}
