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

    private static final String KNOWN =
            " (it can where a list's forEach, or a sequential stream of a range, an array or"
                    + " a list without sorted(), calls lambdas written in the same class; a for loop always will do)";

    private StackOrder() {}

    static void check(LoopFrame top) {
        List<RealStack.Frame> real = RealStack.frames();
        int at = 0;
        LoopFrame called = null;
        for (LoopFrame frame = top; frame != null; frame = frame.parent().orElse(null)) {
            at = find(real, at, frame, called);
            called = frame;
            if (frame.followsTraining()) {
                throw refused(
                        frame,
                        "its caller trained before, in a call that Belay does not know (by reflection, a"
                                + " lambda, or excluded)");
            } else if (frame.parent().isPresent() && !frame.eldest() && !isRepeated(frame)) {
                throw refused(
                        frame,
                        "it follows another call from "
                                + frame.parent().get().method().readable()
                                + ", and the call of it is not known to Belay");
            }
        }
    }

    /** A body that the JDK calls again and again, in a call that can be made again. */
    private static boolean isRepeated(LoopFrame frame) {
        return frame.method().body()
                && frame.parent().flatMap(LoopFrame::repeatable).isPresent();
    }

    private static int find(List<RealStack.Frame> real, int from, LoopFrame frame, LoopFrame called) {
        for (int i = from; i < real.size(); i++) {
            if (real.get(i).key().equals(frame.method().key())) {
                if (called != null) {
                    checkCall(real, from, i, frame, called);
                }
                return i + 1;
            }
        }
        throw refused(frame, "it is not on the stack where it should be");
    }

    private static void checkCall(List<RealStack.Frame> real, int from, int at, LoopFrame frame, LoopFrame called) {
        boolean ofJdk = real.subList(from, at).stream().allMatch(f -> f.owner().getClassLoader() == null);
        boolean known = at > from
                && ofJdk
                && isRepeated(called)
                && frame.calls(real.get(at - 1).method());
        if (at > from && !known) {
            RealStack.Frame between = real.get(at - 1);
            throw refused(
                    frame,
                    "it reached its training loop through " + between.owner().getName() + "." + between.method()
                            + ", which Belay cannot go back into"
                            + (ofJdk ? KNOWN : ""));
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
