package dev.belay.weave;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

/**
 * Lets the handlers of finally and synchronized blocks cover new blocks too. Without a handler that releases its monitors
 * a method is no longer compiled: it stays in the interpreter.
 */
final class Handlers {

    private record Range(int start, int end, LabelNode handler) {

        boolean covers(int instruction) {
            return start <= instruction && instruction < end;
        }
    }

    private final MethodNode method;
    private final List<Range> ranges = new ArrayList<>();

    /** @param method as it is before weaving */
    Handlers(MethodNode method) {
        this.method = method;
        for (TryCatchBlockNode block : method.tryCatchBlocks) {
            if (block.type == null) {
                int start = method.instructions.indexOf(block.start);
                ranges.add(new Range(start, method.instructions.indexOf(block.end), block.handler));
            }
        }
    }

    /** Covers new code by the handlers that cover all of these original instructions. */
    void cover(LabelNode start, LabelNode end, int... instructions) {
        for (Range range : ranges) {
            if (IntStream.of(instructions).allMatch(range::covers)) {
                method.tryCatchBlocks.add(new TryCatchBlockNode(start, end, range.handler(), null));
            }
        }
    }
}
