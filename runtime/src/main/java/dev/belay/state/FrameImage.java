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
 */
public record FrameImage(
        String method,
        String codeHash,
        int point,
        int line,
        List<String> names,
        int[] locals,
        List<ArrivalImage> arrivals,
        List<CompletedImage> completed) {

    /** One that had called none. */
    public FrameImage(
            String method,
            String codeHash,
            int point,
            int line,
            List<String> names,
            int[] locals,
            List<ArrivalImage> arrivals) {
        this(method, codeHash, point, line, names, locals, arrivals, List.of());
    }

    /**
     * An activation that had ended.
     *
     * @param call the point of its call
     * @param frame with what its loops were left with; its own point and locals mean nothing any more
     */
    public record CompletedImage(int call, FrameImage frame) {}

    /**
     * What a loop head or exit handed over when it was reached last.
     *
     * @param values nodes of those locals that are plain; -1 for the others
     * @param counts elements taken from iterators, or -1; empty if there are none
     */
    public record ArrivalImage(int point, int[] values, long[] counts) {}
}
