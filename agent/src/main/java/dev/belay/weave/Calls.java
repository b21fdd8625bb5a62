package dev.belay.weave;

import org.objectweb.asm.tree.AbstractInsnNode;

/** What is known of the calls in a method's code. */
interface Calls {

    /** Returns whether a call may reach a step marker. */
    boolean steps(AbstractInsnNode call);

    /** Returns whether a call may reach an evaluation marker. */
    boolean evaluates(AbstractInsnNode call);

    /** Returns whether a call may reach a method that holds a point. */
    boolean leads(AbstractInsnNode call);

    /**
     * Returns whether a loop with this call may be worth saving in, in a program whose steps are not marked: it is more than
     * arithmetic.
     */
    default boolean works(AbstractInsnNode call) {
        return false;
    }
}
