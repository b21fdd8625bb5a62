package dev.belay.weave;

import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.LocalVariableNode;
import org.objectweb.asm.tree.MethodNode;

/** What the source called a method's locals and which lines its instructions come from, as far as the class file says. */
final class SourceNames {

    private final MethodNode method;

    SourceNames(MethodNode method) {
        this.method = method;
    }

    /** Returns the name that a local has at an instruction, or {@code slotN}. */
    String name(int slot, int at) {
        if (method.localVariables != null) {
            for (LocalVariableNode v : method.localVariables) {
                if (v.index == slot
                        && method.instructions.indexOf(v.start) <= at
                        && at < method.instructions.indexOf(v.end)) {
                    return v.name;
                }
            }
        }
        return "slot" + slot;
    }

    /** Returns the line of an instruction, or 0. */
    int line(int at) {
        for (AbstractInsnNode i = method.instructions.get(at); i != null; i = i.getPrevious()) {
            if (i instanceof LineNumberNode line) {
                return line.line;
            }
        }
        return 0;
    }
}
