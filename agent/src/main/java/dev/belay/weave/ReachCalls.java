package dev.belay.weave;

import org.objectweb.asm.Handle;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/** Answers for the calls of a program from the sets that were computed on its graph. */
final class ReachCalls implements Calls {

    private final CallTargets stepping;
    private final CallTargets evaluating;
    private final CallTargets pointed;

    ReachCalls(CallTargets stepping, CallTargets evaluating, CallTargets pointed) {
        this.stepping = stepping;
        this.evaluating = evaluating;
        this.pointed = pointed;
    }

    @Override
    public boolean steps(AbstractInsnNode call) {
        return called(stepping, call, true);
    }

    @Override
    public boolean evaluates(AbstractInsnNode call) {
        return called(evaluating, call, true);
    }

    @Override
    public boolean leads(AbstractInsnNode call) {
        return called(pointed, call, false);
    }

    private static boolean called(CallTargets targets, AbstractInsnNode insn, boolean lambdas) {
        if (insn instanceof MethodInsnNode m) {
            return targets.contains(m.owner, m.name, m.desc);
        } else if (lambdas && insn instanceof InvokeDynamicInsnNode d) {
            Handle body = lambdaBody(d);
            return body != null && targets.contains(body.getOwner(), body.getName(), body.getDesc());
        }
        return false;
    }

    /** Returns the body of the lambda that an invokedynamic makes, or null if it makes none. */
    private static Handle lambdaBody(InvokeDynamicInsnNode insn) {
        if (insn.bsm.getOwner().equals("java/lang/invoke/LambdaMetafactory")) {
            for (Object argument : insn.bsmArgs) {
                if (argument instanceof Handle body) {
                    return body;
                }
            }
        }
        return null;
    }
}
