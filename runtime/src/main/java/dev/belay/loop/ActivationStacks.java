package dev.belay.loop;

/** The stack of woven activations of each thread. */
final class ActivationStacks {

    private final ThreadLocal<LoopFrame> top = new ThreadLocal<>();
    private final ThreadLocal<Activations> outermost = ThreadLocal.withInitial(Activations::new);
    private final ThreadLocal<Boolean> trainedBefore = ThreadLocal.withInitial(() -> false);

    /** Returns the innermost activation of the calling thread, or null. */
    LoopFrame top() {
        return top.get();
    }

    /** @param loops null where the steps of the program are marked */
    LoopFrame push(MethodShape method, FrameLoops loops) {
        LoopFrame below = top.get();
        LoopFrame frame = new LoopFrame(method, below, below == null ? outermost.get() : below.children(), loops);
        frame.afterTraining = below == null && trainedBefore.get();
        top.set(frame);
        return frame;
    }

    void pop(LoopFrame frame) {
        frame.end();
        LoopFrame below = frame.below();
        if (below == null) {
            top.remove();
            if (frame.trained().any()) {
                trainedBefore.set(true);
            }
        } else {
            top.set(below);
        }
    }
}
