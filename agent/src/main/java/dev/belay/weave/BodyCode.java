package dev.belay.weave;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/** What the body of a lambda does beside the code of its points: it tells what it gets and returns, or returns at once. */
final class BodyCode {

    private BodyCode() {}

    /**
     * Object[] given = Points.called(activation, arguments); if (given != null) return given[0];
     *
     * @param start stack map of the method's first instruction, the activation included
     */
    static void called(InsnList code, MethodNode method, FrameNode start, int activation) {
        List<Type> arguments = new ArrayList<>();
        if ((method.access & Opcodes.ACC_STATIC) == 0) {
            arguments.add(SlotTypes.OBJECT);
        }
        arguments.addAll(List.of(Type.getArgumentTypes(WovenCopy.original(method.desc))));
        LabelNode run = new LabelNode();
        code.add(new VarInsnNode(Opcodes.ALOAD, activation));
        code.add(PointCode.boxed(arguments, 0));
        code.add(PointCode.invoke("called", "(Ljava/lang/Object;" + PointCode.OBJECTS + ")" + PointCode.OBJECTS));
        code.add(new InsnNode(Opcodes.DUP));
        code.add(new JumpInsnNode(Opcodes.IFNULL, run));
        PointCode.exit(code, activation);
        Type returned = Type.getReturnType(method.desc);
        if (returned == Type.VOID_TYPE) {
            code.add(new InsnNode(Opcodes.RETURN));
        } else {
            code.add(PointCode.number(0));
            code.add(new InsnNode(Opcodes.AALOAD));
            PointCode.unbox(code, returned);
            code.add(new InsnNode(returned.getOpcode(Opcodes.IRETURN)));
        }
        code.add(run);
        Object[] locals = start.local.toArray();
        code.add(new FrameNode(Opcodes.F_NEW, locals.length, locals, 1, new Object[] {PointCode.OBJECTS}));
        code.add(new InsnNode(Opcodes.POP));
    }

    /** Points.returns(activation, result), where the result is on the stack; it stays. */
    static void returns(InsnList code, MethodNode method, int activation) {
        Type returned = Type.getReturnType(method.desc);
        if (returned == Type.VOID_TYPE) {
            code.add(new InsnNode(Opcodes.ACONST_NULL));
        } else {
            code.add(new InsnNode(returned.getSize() == 2 ? Opcodes.DUP2 : Opcodes.DUP));
            PointCode.box(code, returned);
        }
        code.add(new VarInsnNode(Opcodes.ALOAD, activation));
        code.add(new InsnNode(Opcodes.SWAP));
        code.add(PointCode.invoke("returns", "(Ljava/lang/Object;Ljava/lang/Object;)V"));
    }
}
