package dev.belay.state;

import java.util.List;

/**
 * Where one woven activation was, with what it held.
 *
 * @param method key of the method
 * @param codeHash hash of its code
 * @param point index of its point
 * @param line source line of the point, for people
 * @param names names of its locals
 * @param locals their nodes
 * @param arrivals the last arrivals at heads around the point, and where loops before it were left
 * @param completed activations that it had called before and that had left loops
 * @param bodies lambdas' bodies that its calls had called
 */
public record FrameImage(
        String method,
        String codeHash,
        int point,
        int line,
        List<String> names,
        int[] locals,
        List<ArrivalImage> arrivals,
        List<CompletedImage> completed,
        List<BodyImage> bodies) {

    /** One that had called none. */
    public FrameImage(
            String method,
            String codeHash,
            int point,
            int line,
            List<String> names,
            int[] locals,
            List<ArrivalImage> arrivals) {
        this(method, codeHash, point, line, names, locals, arrivals, List.of(), List.of());
    }

    /**
     * An activation that had ended.
     *
     * @param call the point of its call
     * @param frame with what its loops were left with; its own point and locals mean nothing any more
     */
    public record CompletedImage(int call, FrameImage frame) {}

    /**
     * A call of a lambda's body.
     *
     * @param call the point of the call that called it
     * @param method key of the body
     * @param ordinal how many calls of the body that call had made before
     * @param arguments nodes of what it was called with; none for a call that is over
     * @param result node of what it returned, or {@link #RUNNING}
     */
    public record BodyImage(int call, String method, int ordinal, int[] arguments, int result) {

        public static final int RUNNING = -1;
    }

    /**
     * What a loop head or exit handed over when it was reached last.
     *
     * @param values nodes of those locals that are plain; -1 for the others
     * @param counts elements taken from iterators, or -1; empty if there are none
     */
    public record ArrivalImage(int point, int[] values, long[] counts) {}
}
