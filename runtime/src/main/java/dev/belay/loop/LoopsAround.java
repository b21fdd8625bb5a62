package dev.belay.loop;

/** Whether an activation was made from inside of a loop. */
final class LoopsAround {

    private LoopsAround() {}

    /** Returns whether a recognised loop is around the call in any frame below. */
    static boolean recognised(LoopFrame frame) {
        for (LoopFrame f = frame.below(); f != null; f = f.below()) {
            if (f.at().filter(p -> !p.around().isEmpty()).isPresent()) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether an activation, or one below it, is the body of a lambda that a known call of the JDK calls. */
    static boolean ofTheJdk(LoopFrame frame) {
        for (LoopFrame f = frame; f.below() != null; f = f.below()) {
            boolean called = f.method().body() && f.below().at().isPresent();
            if (called && f.below().source(f.below().at().get()) != null) {
                return true;
            }
        }
        return false;
    }
}
