package dev.belay.weave;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Lets Belay know of the files that code opens, moves, deletes and makes, by call or by method reference. A constructor that
 * opens a file is given the file that Belay names in its place; a method is replaced by Belay's of the same name.
 */
final class FileWeaver {

    private static final String OPENER = "belay$opens";

    /** What the constant pool of a class that opens files names, as {@link ClassSketch#mayCallAny} takes it. */
    private static final long[] CALLED = FileCallTable.replaced().stream()
            .mapToLong(ClassSketch::hashOf)
            .sorted()
            .toArray();

    private final ClassNode node;
    private final List<MethodNode> openers = new ArrayList<>();
    private boolean changed;

    private FileWeaver(ClassNode node) {
        this.node = node;
    }

    /** Returns whether a class may open, move or delete files; false is certain. */
    static boolean concerns(byte[] classFile) {
        return ClassSketch.mayCallAny(classFile, CALLED);
    }

    /** Weaves all methods of a class; returns whether anything was changed. */
    static boolean weave(ClassNode node) {
        FileWeaver weaver = new FileWeaver(node);
        node.methods.forEach(weaver::weave);
        node.methods.addAll(weaver.openers);
        return weaver.changed;
    }

    private void weave(MethodNode method) {
        for (AbstractInsnNode insn : method.instructions.toArray()) {
            if (insn instanceof MethodInsnNode call) {
                weave(method, call);
            } else if (insn instanceof InvokeDynamicInsnNode dynamic) {
                references(dynamic);
            }
        }
    }

    private void weave(MethodNode method, MethodInsnNode call) {
        FileCallTable.Target instead = FileCallTable.method(call.owner, call.name, call.desc);
        if (instead != null) {
            call.setOpcode(Opcodes.INVOKESTATIC);
            call.owner = instead.owner();
            call.desc = instead.descriptor();
            call.itf = false;
            changed = true;
        } else if (call.name.equals("<init>")) {
            FileCallTable.Target names = FileCallTable.constructor(call.owner, call.desc);
            if (names != null) {
                mapFirstArgument(method, call, names);
                changed = true;
            }
        }
    }

    private static void mapFirstArgument(MethodNode method, MethodInsnNode constructor, FileCallTable.Target names) {
        Type[] arguments = Type.getArgumentTypes(constructor.desc);
        InsnList code = new InsnList();
        for (int i = arguments.length - 1; i >= 0; i--) {
            code.add(new VarInsnNode(arguments[i].getOpcode(Opcodes.ISTORE), method.maxLocals + i));
        }
        for (int i = 0; i < arguments.length; i++) {
            code.add(new VarInsnNode(arguments[i].getOpcode(Opcodes.ILOAD), method.maxLocals + i));
        }
        code.add(new MethodInsnNode(Opcodes.INVOKESTATIC, names.owner(), names.name(), names.descriptor(), false));
        for (int i = 1; i < arguments.length; i++) {
            code.add(new VarInsnNode(arguments[i].getOpcode(Opcodes.ILOAD), method.maxLocals + i));
        }
        method.instructions.insertBefore(constructor, code);
        method.maxLocals += arguments.length; // a place of its own: what it held is dead after the call
    }

    private void references(InvokeDynamicInsnNode dynamic) {
        dynamic.bsmArgs = Arrays.stream(dynamic.bsmArgs)
                .map(a -> a instanceof Handle h ? reference(h) : a)
                .toArray();
    }

    private Handle reference(Handle h) {
        FileCallTable.Target instead = FileCallTable.method(h.getOwner(), h.getName(), h.getDesc());
        if (instead != null) {
            changed = true;
            return new Handle(Opcodes.H_INVOKESTATIC, instead.owner(), instead.name(), instead.descriptor(), false);
        }
        boolean constructs = h.getTag() == Opcodes.H_NEWINVOKESPECIAL;
        FileCallTable.Target names = constructs ? FileCallTable.constructor(h.getOwner(), h.getDesc()) : null;
        return names == null ? h : opener(h, names);
    }

    /** A constructor that is referred to cannot be given another argument: a method of the class calls it. */
    private Handle opener(Handle constructor, FileCallTable.Target names) {
        changed = true;
        Type[] arguments = Type.getArgumentTypes(constructor.getDesc());
        String descriptor = Type.getMethodDescriptor(Type.getObjectType(constructor.getOwner()), arguments);
        boolean isInterface = (node.access & Opcodes.ACC_INTERFACE) != 0;
        String name = OPENER + openers.size();
        MethodNode opener = new MethodNode(
                Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC, name, descriptor, null, new String[] {
                    "java/io/IOException"
                });
        opener.instructions.add(new TypeInsnNode(Opcodes.NEW, constructor.getOwner()));
        opener.instructions.add(new InsnNode(Opcodes.DUP));
        int slot = 0;
        for (Type argument : arguments) {
            opener.instructions.add(new VarInsnNode(argument.getOpcode(Opcodes.ILOAD), slot));
            slot += argument.getSize();
        }
        MethodInsnNode call = new MethodInsnNode(
                Opcodes.INVOKESPECIAL, constructor.getOwner(), "<init>", constructor.getDesc(), false);
        opener.instructions.add(call);
        opener.instructions.add(new InsnNode(Opcodes.ARETURN));
        opener.maxLocals = slot;
        mapFirstArgument(opener, call, names);
        openers.add(opener);
        return new Handle(Opcodes.H_INVOKESTATIC, node.name, name, descriptor, isInterface);
    }
}
