package dev.belay.weave;

import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodNode;

/** New code that goes to the end of a method. */
final class NewBlocks {

    private final InsnList code = new InsnList();
    private final Handlers handlers;

    /** @param method as it is before weaving */
    NewBlocks(MethodNode method) {
        this.handlers = new Handlers(method);
    }

    /** Returns the code so far; more may be added. */
    InsnList code() {
        return code;
    }

    /** Ends what began at {@code start}: it is covered by the handlers that cover all of the original instructions it stands for. */
    void end(LabelNode start, int... replaced) {
        LabelNode end = new LabelNode();
        code.add(end);
        handlers.cover(start, end, replaced);
    }
}
