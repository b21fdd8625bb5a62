package dev.belay.weave;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.FrameNode;

/** Stack maps of a method that gets one more local for its activation. */
final class Frames {

    private static final String ACTIVATION = "java/lang/Object";

    private final PointPlan plan;
    private final int activation;
    private final int firstWithActivation;
    private final Map<Integer, FrameNode> declared = new HashMap<>();

    /** @param activation slot of the activation, beyond all other locals */
    Frames(PointPlan plan, int activation) {
        this.plan = plan;
        this.activation = activation;
        this.firstWithActivation = plan.types().superCall() + 1;
    }

    /** Adds the activation to all stack maps of the class file; before this() or super() there is none yet. */
    void extendAll() {
        for (int i = 0; i < plan.flow().size(); i++) {
            if (plan.flow().instruction(i) instanceof FrameNode frame) {
                boolean entered = i >= firstWithActivation;
                frame.local = padded(frame.local, entered ? ACTIVATION : Opcodes.TOP);
                declared.put(plan.flow().real(i), frame);
            }
        }
    }

    private List<Object> padded(List<Object> locals, Object last) {
        List<Object> all = new ArrayList<>(locals);
        int slot = 0;
        for (Object o : locals) {
            slot += o == Opcodes.LONG || o == Opcodes.DOUBLE ? 2 : 1;
        }
        for (; slot < activation; slot++) {
            all.add(Opcodes.TOP);
        }
        all.add(last);
        return all;
    }

    /** Returns the stack map that the class file gives for an instruction, or null. */
    FrameNode declared(int instruction) {
        return declared.get(instruction);
    }

    /** Returns a new stack map with the locals that hold before an instruction, and the stack given. */
    FrameNode at(int instruction, Object... stack) {
        Object[] locals = locals(instruction).toArray();
        return new FrameNode(Opcodes.F_NEW, locals.length, locals, stack.length, stack);
    }

    /** Returns a new stack map with the locals that hold where the method begins. */
    FrameNode atStart() {
        return at(plan.flow().real(0));
    }

    /** Returns the locals before an instruction, as a stack map lists them, the activation included. */
    List<Object> locals(int instruction) {
        FrameNode declared = declared(instruction);
        return declared != null
                ? List.copyOf(declared.local)
                : padded(plan.types().stackMapLocals(instruction), ACTIVATION);
    }

    /** Returns the stack map of the handler that covers the whole method: only the activation is known there. */
    FrameNode handler() {
        Object[] locals = new Object[activation + 1];
        java.util.Arrays.fill(locals, Opcodes.TOP);
        locals[activation] = ACTIVATION;
        return new FrameNode(Opcodes.F_NEW, locals.length, locals, 1, new Object[] {"java/lang/Throwable"});
    }
}
