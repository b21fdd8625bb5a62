package dev.belay.weave;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Brings the locals that hold at a loop's head to what the stack map of its exit asks for. What the loop would have set
 * gets a default: the saved values come at the saved position.
 */
final class LoopBranch {

    private LoopBranch() {}

    /**
     * Adds the code.
     *
     * @param head locals at the head, as its stack map lists them
     * @param exit locals at the exit
     */
    static void adjust(InsnList code, List<Object> head, List<Object> exit) {
        List<Object> from = bySlot(head);
        List<Object> to = bySlot(exit);
        for (int slot = 0; slot < to.size(); slot++) {
            Object wanted = to.get(slot);
            Object has = slot < from.size() ? from.get(slot) : Opcodes.TOP;
            if (wanted != null && wanted != Opcodes.TOP && !wanted.equals(has)) {
                put(code, slot, has, wanted);
            }
        }
    }

    private static void put(InsnList code, int slot, Object has, Object wanted) {
        if (wanted instanceof String type && has instanceof String) {
            code.add(new VarInsnNode(Opcodes.ALOAD, slot));
            code.add(new TypeInsnNode(Opcodes.CHECKCAST, type));
            code.add(new VarInsnNode(Opcodes.ASTORE, slot));
        } else if (wanted == Opcodes.INTEGER) {
            store(code, Opcodes.ICONST_0, Opcodes.ISTORE, slot);
        } else if (wanted == Opcodes.LONG) {
            store(code, Opcodes.LCONST_0, Opcodes.LSTORE, slot);
        } else if (wanted == Opcodes.FLOAT) {
            store(code, Opcodes.FCONST_0, Opcodes.FSTORE, slot);
        } else if (wanted == Opcodes.DOUBLE) {
            store(code, Opcodes.DCONST_0, Opcodes.DSTORE, slot);
        } else {
            store(code, Opcodes.ACONST_NULL, Opcodes.ASTORE, slot);
        }
    }

    private static void store(InsnList code, int constant, int store, int slot) {
        code.add(new InsnNode(constant));
        code.add(new VarInsnNode(store, slot));
    }

    /** Lists by slot; the second slot of a long or double is null. */
    private static List<Object> bySlot(List<Object> locals) {
        List<Object> slots = new ArrayList<>();
        for (Object o : locals) {
            slots.add(o);
            if (o == Opcodes.LONG || o == Opcodes.DOUBLE) {
                slots.add(null);
            }
        }
        return slots;
    }
}
