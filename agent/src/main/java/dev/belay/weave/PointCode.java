package dev.belay.weave;

import dev.belay.loop.LocalShape;
import dev.belay.loop.PointShape;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/** The byte code of calls to {@link dev.belay.loop.Points}. */
final class PointCode {

    static final String OBJECTS = "[Ljava/lang/Object;";
    private static final String POINTS = "dev/belay/loop/Points";

    private PointCode() {}

    static MethodInsnNode invoke(String name, String descriptor) {
        return new MethodInsnNode(Opcodes.INVOKESTATIC, POINTS, name, descriptor, false);
    }

    static FieldInsnNode flag() {
        return new FieldInsnNode(Opcodes.GETSTATIC, POINTS, "flag", "Z");
    }

    static FieldInsnNode leave() {
        return new FieldInsnNode(Opcodes.GETSTATIC, POINTS, "LEAVE", OBJECTS);
    }

    /** activation = Points.enter(method) */
    static InsnList enter(int method, int activation) {
        InsnList code = new InsnList();
        code.add(number(method));
        code.add(invoke("enter", "(I)Ljava/lang/Object;"));
        code.add(new VarInsnNode(Opcodes.ASTORE, activation));
        return code;
    }

    /** Points.exit(activation) */
    static void exit(InsnList code, int activation) {
        code.add(new VarInsnNode(Opcodes.ALOAD, activation));
        code.add(invoke("exit", "(Ljava/lang/Object;)V"));
    }

    /** if (!Points.active(activation, point)) goto otherwise */
    static void unlessActive(InsnList code, int point, int activation, LabelNode otherwise) {
        code.add(new VarInsnNode(Opcodes.ALOAD, activation));
        code.add(number(point));
        code.add(invoke("active", "(Ljava/lang/Object;I)Z"));
        code.add(new JumpInsnNode(Opcodes.IFEQ, otherwise));
    }

    /** Pushes Points.point(activation, index, new Object[] {locals …}). */
    static void handOver(InsnList code, PointShape point, int activation) {
        code.add(new VarInsnNode(Opcodes.ALOAD, activation));
        code.add(number(point.index()));
        List<LocalShape> locals = point.locals();
        code.add(boxed(
                locals.stream().map(l -> Type.getType(l.descriptor())).toList(),
                locals.stream().mapToInt(LocalShape::slot).toArray()));
        code.add(invoke("point", "(Ljava/lang/Object;I" + OBJECTS + ")" + OBJECTS));
    }

    /** Stores the values of the array on the stack into the locals; the array stays. {@code this} is never stored. */
    static void takeBack(InsnList code, PointShape point) {
        for (int i = 0; i < point.locals().size(); i++) {
            LocalShape local = point.locals().get(i);
            if (local.name().equals("this")) {
                continue;
            }
            Type type = Type.getType(local.descriptor());
            code.add(new InsnNode(Opcodes.DUP));
            code.add(number(i));
            code.add(new InsnNode(Opcodes.AALOAD));
            unbox(code, type);
            code.add(new VarInsnNode(type.getOpcode(Opcodes.ISTORE), local.slot()));
        }
    }

    /** Pushes new Object[] {locals …}, of locals that lie one behind the other. */
    static InsnList boxed(List<Type> types, int first) {
        int[] slots = new int[types.size()];
        int slot = first;
        for (int i = 0; i < slots.length; i++) {
            slots[i] = slot;
            slot += types.get(i).getSize();
        }
        return boxed(types, slots);
    }

    private static InsnList boxed(List<Type> types, int[] slots) {
        InsnList code = new InsnList();
        code.add(number(slots.length));
        code.add(new TypeInsnNode(Opcodes.ANEWARRAY, "java/lang/Object"));
        for (int i = 0; i < slots.length; i++) {
            code.add(new InsnNode(Opcodes.DUP));
            code.add(number(i));
            code.add(new VarInsnNode(types.get(i).getOpcode(Opcodes.ILOAD), slots[i]));
            box(code, types.get(i));
            code.add(new InsnNode(Opcodes.AASTORE));
        }
        return code;
    }

    /** Makes an object of the primitive on the stack; leaves an object as it is. */
    static void box(InsnList code, Type type) {
        String box = box(type);
        if (box != null) {
            code.add(new MethodInsnNode(
                    Opcodes.INVOKESTATIC, box, "valueOf", "(" + wide(type) + ")L" + box + ";", false));
        }
    }

    /** The reverse of {@link #box}. */
    static void unbox(InsnList code, Type type) {
        String box = box(type);
        if (box != null) {
            code.add(new TypeInsnNode(Opcodes.CHECKCAST, box));
            code.add(new MethodInsnNode(
                    Opcodes.INVOKEVIRTUAL, box, wide(type).getClassName() + "Value", "()" + wide(type), false));
        } else if (!type.getInternalName().equals("java/lang/Object")) {
            code.add(new TypeInsnNode(Opcodes.CHECKCAST, type.getInternalName()));
        }
    }

    private static Type wide(Type type) {
        boolean narrow = type.getSort() >= Type.BOOLEAN && type.getSort() < Type.INT;
        return narrow ? Type.INT_TYPE : type;
    }

    /** Verification knows no narrower integers than int. */
    private static String box(Type type) {
        return switch (type.getSort()) {
            case Type.BOOLEAN, Type.CHAR, Type.BYTE, Type.SHORT, Type.INT -> "java/lang/Integer";
            case Type.LONG -> "java/lang/Long";
            case Type.FLOAT -> "java/lang/Float";
            case Type.DOUBLE -> "java/lang/Double";
            default -> null;
        };
    }

    static org.objectweb.asm.tree.AbstractInsnNode number(int value) {
        if (value >= -1 && value <= 5) {
            return new InsnNode(Opcodes.ICONST_0 + value);
        } else if (value >= Byte.MIN_VALUE && value <= Byte.MAX_VALUE) {
            return new IntInsnNode(Opcodes.BIPUSH, value);
        } else if (value >= Short.MIN_VALUE && value <= Short.MAX_VALUE) {
            return new IntInsnNode(Opcodes.SIPUSH, value);
        }
        return new LdcInsnNode(value);
    }
}
