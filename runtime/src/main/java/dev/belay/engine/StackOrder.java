package dev.belay.engine;

import dev.belay.loop.LoopFrame;
import dev.belay.loop.PointKind;
import dev.belay.loop.PointShape;
import dev.belay.state.Unsupported;
import java.util.List;

/**
 * Checks that each outer activation stands at the call that it noted last, by comparing with the real stack: a call by
 * reflection or from inside the JDK would leave an older note behind.
 */
final class StackOrder {

    private StackOrder() {}

    static void check(LoopFrame top) {
        List<StackWalker.StackFrame> real = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .walk(s -> s.filter(f -> !f.getClassName().startsWith("dev.belay.")).toList());
        int at = 0;
        for (LoopFrame frame = top; frame != null; frame = frame.parent().orElse(null)) {
            at = find(real, at, frame, frame == top);
        }
    }

    private static int find(List<StackWalker.StackFrame> real, int from, LoopFrame frame, boolean top) {
        for (int i = from; i < real.size(); i++) {
            if (isOf(real.get(i), frame)) {
                if (!top) {
                    checkCall(real, from, i, frame);
                }
                return i + 1;
            }
        }
        throw refused(frame, "it is not on the stack where it should be");
    }

    private static void checkCall(List<StackWalker.StackFrame> real, int from, int at, LoopFrame frame) {
        if (at > from) {
            throw refused(frame, "it reached its training loop through " + real.get(from).getClassName() + "."
                    + real.get(from).getMethodName() + ", which Belay cannot go back through");
        }
        PointShape noted = frame.at().orElseThrow(() -> refused(frame, "it made a call that Belay does not know"));
        int line = real.get(at).getLineNumber();
        boolean elsewhere = line > 0 && noted.line() > 0 && line != noted.line();
        if (noted.kind() != PointKind.CALL || elsewhere) {
            throw refused(frame, "its call at line " + line + " is not known to Belay");
        }
    }

    private static boolean isOf(StackWalker.StackFrame real, LoopFrame frame) {
        return frame.method()
                .key()
                .equals(real.getClassName().replace('.', '/') + "#" + real.getMethodName() + real.getDescriptor());
    }

    private static Unsupported refused(LoopFrame frame, String why) {
        return new Unsupported(
                frame.method().readable(), why + "; call the training loop directly, or name an inner one with loop=");
    }
}
