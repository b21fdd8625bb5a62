package dev.belay.engine;

import dev.belay.loop.LoopFrame;
import dev.belay.loop.PointKind;
import dev.belay.loop.PointShape;
import dev.belay.loop.RealStack;
import dev.belay.state.Unsupported;
import java.util.List;

/**
 * Checks that each outer activation stands at the call that it noted last, by comparing with the real stack: a call by
 * reflection or from inside the JDK would leave an older note behind.
 */
final class StackOrder {

    private StackOrder() {}

    static void check(LoopFrame top) {
        List<RealStack.Frame> real = RealStack.frames();
        int at = 0;
        for (LoopFrame frame = top; frame != null; frame = frame.parent().orElse(null)) {
            at = find(real, at, frame, frame == top);
            if (frame.followsTraining()) {
                throw refused(
                        frame,
                        "its caller trained before, in a call that Belay does not know (by reflection, a"
                                + " lambda, or excluded)");
            } else if (frame.parent().isPresent() && !frame.eldest()) {
                throw refused(
                        frame, "it follows another call in the same line, and the call of it is not known to Belay");
            }
        }
    }

    private static int find(List<RealStack.Frame> real, int from, LoopFrame frame, boolean top) {
        for (int i = from; i < real.size(); i++) {
            if (real.get(i).key().equals(frame.method().key())) {
                if (!top) {
                    checkCall(real, from, i, frame);
                }
                return i + 1;
            }
        }
        throw refused(frame, "it is not on the stack where it should be");
    }

    private static void checkCall(List<RealStack.Frame> real, int from, int at, LoopFrame frame) {
        if (at > from) {
            throw refused(
                    frame,
                    "it reached its training loop through "
                            + real.get(from).owner().getName() + "."
                            + real.get(from).method() + ", which Belay cannot go back through");
        }
        PointShape noted = frame.at().orElseThrow(() -> refused(frame, "it made a call that Belay does not know"));
        int line = real.get(at).line();
        boolean elsewhere = line > 0 && noted.line() > 0 && line != noted.line();
        if (noted.kind() != PointKind.CALL || elsewhere) {
            throw refused(frame, "its call at line " + line + " is not known to Belay");
        }
    }

    private static Unsupported refused(LoopFrame frame, String why) {
        return new Unsupported(
                frame.method().readable(), why + "; call the training loop directly, or name an inner one with loop=");
    }
}
