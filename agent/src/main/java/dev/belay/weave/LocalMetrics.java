package dev.belay.weave;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.LocalVariableNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/** Reports each number that a method stores into its local variables of one name. */
final class LocalMetrics {

    private static final Set<String> BOXES = Set.of(
            "java/lang/Byte",
            "java/lang/Short",
            "java/lang/Integer",
            "java/lang/Long",
            "java/lang/Float",
            "java/lang/Double",
            "java/lang/Number");

    private record Store(AbstractInsnNode at, int slot, Type type) {}

    private final MethodNode method;
    private final String name;
    private final List<Store> stores = new ArrayList<>();

    /** Finds the stores; MUST be made before points are woven, which store into locals, too. */
    LocalMetrics(MethodNode method, String name) {
        this.method = method;
        this.name = name;
        for (AbstractInsnNode insn : method.instructions) {
            int slot = slotOfStore(insn);
            if (slot >= 0) {
                variable(insn, slot)
                        .map(v -> Type.getType(v.desc))
                        .filter(LocalMetrics::isNumber)
                        .ifPresent(type -> stores.add(new Store(insn, slot, type)));
            }
        }
    }

    /** Returns whether a method stores into locals that have no names: its class was compiled without -g. */
    static boolean isNameless(MethodNode method) {
        boolean named = method.localVariables != null && !method.localVariables.isEmpty();
        if (named) {
            return false;
        }
        for (AbstractInsnNode insn : method.instructions) {
            if (slotOfStore(insn) >= 0) {
                return true;
            }
        }
        return false;
    }

    private static int slotOfStore(AbstractInsnNode insn) {
        if (insn instanceof IincInsnNode add) {
            return add.var;
        }
        boolean stores = insn.getOpcode() >= Opcodes.ISTORE && insn.getOpcode() <= Opcodes.ASTORE;
        return stores ? ((VarInsnNode) insn).var : -1;
    }

    /** A variable's scope begins behind its first store. */
    private Optional<LocalVariableNode> variable(AbstractInsnNode store, int slot) {
        if (method.localVariables == null) {
            return Optional.empty();
        }
        AbstractInsnNode next = store.getNext();
        while (next != null && next.getOpcode() < 0) {
            next = next.getNext();
        }
        int at = next == null ? method.instructions.size() : method.instructions.indexOf(next);
        return method.localVariables.stream()
                .filter(v -> v.name.equals(name) && v.index == slot)
                .filter(v -> method.instructions.indexOf(v.start) <= at && at < method.instructions.indexOf(v.end))
                .findFirst();
    }

    private static boolean isNumber(Type type) {
        int sort = type.getSort();
        return sort >= Type.BYTE && sort <= Type.DOUBLE
                || sort == Type.OBJECT && BOXES.contains(type.getInternalName());
    }

    void weave() {
        for (Store store : stores) {
            method.instructions.insert(store.at, report(store));
        }
    }

    /** Points.stored(name, local) */
    private InsnList report(Store store) {
        InsnList code = new InsnList();
        code.add(new LdcInsnNode(name));
        code.add(new VarInsnNode(store.type.getOpcode(Opcodes.ILOAD), store.slot));
        String taken = switch (store.type.getSort()) {
            case Type.OBJECT -> "Ljava/lang/Object;";
            case Type.FLOAT -> "F";
            default -> {
                widen(code, store.type);
                yield "D";
            }
        };
        code.add(PointCode.invoke("stored", "(Ljava/lang/String;" + taken + ")V"));
        return code;
    }

    private static void widen(InsnList code, Type type) {
        if (type.getSort() == Type.LONG) {
            code.add(new InsnNode(Opcodes.L2D));
        } else if (type.getSort() != Type.DOUBLE) {
            code.add(new InsnNode(Opcodes.I2D));
        }
    }
}
