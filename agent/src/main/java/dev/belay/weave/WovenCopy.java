package dev.belay.weave;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LocalVariableNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * A second copy of a method, which gets the points; the method itself goes there only while its activation is followed, so
 * that what is inside of a step runs, and is compiled, as it always was. The copy has the method's name, for stack traces,
 * and one parameter more, of a type that no other method takes: the activation.
 */
final class WovenCopy {

    private static final String ACTIVATION = "dev/belay/loop/LoopFrame";

    /** The JVM's limit is 255 (JVMS 4.3.3). */
    private static final int MOST_PARAMETER_SLOTS = 250;

    private WovenCopy() {}

    /** Returns whether a method can be copied: a constructor's code MUST stay in it. */
    static boolean possible(MethodNode method) {
        return !method.name.startsWith("<") && Type.getArgumentsAndReturnSizes(method.desc) >> 2 < MOST_PARAMETER_SLOTS;
    }

    /** Returns the descriptor of a method's copy; no class has a method with one like it. */
    static String descriptor(String descriptor) {
        return descriptor.replace(")", "L" + ACTIVATION + ";)");
    }

    /** Returns the descriptor of the method of which this may be the copy's. */
    static String original(String descriptor) {
        return descriptor.replace("L" + ACTIVATION + ";)", ")");
    }

    /** Returns what a copy does first: its parameter goes where points expect it, as its slot belongs to the old code. */
    static InsnList prologue(MethodNode copy) {
        int parameter = (Type.getArgumentsAndReturnSizes(copy.desc) >> 2)
                - ((copy.access & Opcodes.ACC_STATIC) != 0 ? 1 : 0)
                - 1;
        InsnList code = new InsnList();
        code.add(new VarInsnNode(Opcodes.ALOAD, parameter));
        code.add(new VarInsnNode(Opcodes.ASTORE, copy.maxLocals));
        return code;
    }

    /** Returns the copy of a method, which is not yet woven, and not yet part of the class. */
    static MethodNode of(MethodNode method) {
        int access = method.access & Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE | Opcodes.ACC_SYNTHETIC;
        MethodNode copy = new MethodNode(
                Opcodes.ASM9,
                access,
                method.name,
                descriptor(method.desc),
                null,
                method.exceptions.toArray(new String[0]));
        Map<LabelNode, LabelNode> labels = new HashMap<>();
        for (AbstractInsnNode insn : method.instructions) {
            if (insn instanceof LabelNode label) {
                labels.put(label, new LabelNode());
            }
        }
        for (AbstractInsnNode insn : method.instructions) {
            copy.instructions.add(insn.clone(labels));
        }
        method.tryCatchBlocks.forEach(b -> copy.tryCatchBlocks.add(
                new TryCatchBlockNode(labels.get(b.start), labels.get(b.end), labels.get(b.handler), b.type)));
        if (method.localVariables != null) {
            copy.localVariables = new ArrayList<>();
            method.localVariables.forEach(v -> copy.localVariables.add(new LocalVariableNode(
                    v.name, v.desc, v.signature, labels.get(v.start), labels.get(v.end), v.index)));
        }
        copy.maxLocals = method.maxLocals + 1; // the parameter's slot may be one of the old code's
        copy.maxStack = method.maxStack;
        return copy;
    }

    /** Makes a method go to its copy while its activation is followed. */
    static void redirect(ClassNode owner, MethodNode method, MethodNode copy, int number) {
        boolean isStatic = (method.access & Opcodes.ACC_STATIC) != 0;
        int activation = method.maxLocals;
        LabelNode original = new LabelNode();
        InsnList code = new InsnList();
        code.add(PointCode.enter(number, activation));
        code.add(new VarInsnNode(Opcodes.ALOAD, activation));
        code.add(new JumpInsnNode(Opcodes.IFNULL, original));
        List<Object> locals = new ArrayList<>();
        int slot = 0;
        if (!isStatic) {
            code.add(new VarInsnNode(Opcodes.ALOAD, slot++));
            locals.add(owner.name);
        }
        for (Type t : Type.getArgumentTypes(method.desc)) {
            code.add(new VarInsnNode(t.getOpcode(Opcodes.ILOAD), slot));
            slot += t.getSize();
            locals.add(SlotTypes.stackMapType(t));
        }
        code.add(new VarInsnNode(Opcodes.ALOAD, activation));
        code.add(new TypeInsnNode(Opcodes.CHECKCAST, ACTIVATION));
        code.add(new MethodInsnNode(
                isStatic ? Opcodes.INVOKESTATIC : Opcodes.INVOKESPECIAL,
                owner.name,
                copy.name,
                copy.desc,
                (owner.access & Opcodes.ACC_INTERFACE) != 0));
        code.add(new InsnNode(Type.getReturnType(method.desc).getOpcode(Opcodes.IRETURN)));
        code.add(original);
        code.add(new FrameNode(Opcodes.F_NEW, locals.size(), locals.toArray(), 0, new Object[0]));
        code.add(new InsnNode(Opcodes.NOP)); // the code may begin with a stack map of its own
        method.instructions.insert(code);
        method.maxLocals = activation + 1;
    }
}
