package dev.belay.weave;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Stack maps name an object whose constructor has not run by the label of its NEW instruction, which MUST be directly at
 * it: code that is woven before the instruction, as at the head of a loop that begins with it, comes between them.
 */
final class NewLabels {

    private final MethodNode method;
    private final Map<LabelNode, AbstractInsnNode> made = new HashMap<>();

    /** @param method as it is before weaving */
    NewLabels(MethodNode method) {
        this.method = method;
        for (AbstractInsnNode insn : method.instructions) {
            AbstractInsnNode at = insn;
            while (insn instanceof LabelNode && at != null && at.getOpcode() < 0) {
                at = at.getNext();
            }
            if (insn instanceof LabelNode label && at != null && at.getOpcode() == Opcodes.NEW) {
                made.put(label, at);
            }
        }
    }

    /** Gives the instructions labels of their own; MUST be called after weaving. */
    void restore() {
        Map<AbstractInsnNode, LabelNode> own = new HashMap<>();
        for (AbstractInsnNode insn : method.instructions.toArray()) {
            if (insn instanceof FrameNode frame) {
                restore(frame.local, own);
                restore(frame.stack, own);
            }
        }
    }

    private void restore(List<Object> types, Map<AbstractInsnNode, LabelNode> own) {
        if (types != null && types.stream().anyMatch(LabelNode.class::isInstance)) {
            types.replaceAll(t -> made.containsKey(t) ? own.computeIfAbsent(made.get(t), this::label) : t);
        }
    }

    private LabelNode label(AbstractInsnNode instruction) {
        LabelNode label = new LabelNode();
        method.instructions.insertBefore(instruction, label);
        return label;
    }
}
