package dev.belay.loop;

import java.util.Arrays;

/**
 * How the points of one activation behave in a program whose step loops are found while it runs, and how long its loops
 * have been running. Confined to the activation's thread.
 */
final class FrameLoops {

    /** The point does nothing: a step loop around it is running, and nothing inside of a step is a place to save. */
    static final byte OFF = 0;

    /** The point reports each time. */
    static final byte ON = 1;

    /** Head of a running step loop: reports when {@link Points#flag} is up. */
    static final byte FLAGGED = 2;

    private final byte[] modes;
    private final int[] granted;
    private final int[] left;
    private final int[] iterations;
    private final long[] since;
    private final long[] runsBefore;
    private int turned = -1;

    /** @param modes by point; becomes this activation's own */
    FrameLoops(byte[] modes) {
        this.modes = modes;
        this.granted = new int[modes.length];
        this.left = new int[modes.length];
        this.iterations = new int[modes.length];
        this.since = new long[modes.length];
        this.runsBefore = new long[modes.length];
    }

    boolean active(int point) {
        byte mode = modes[point];
        return mode == ON || mode == FLAGGED && Points.flag;
    }

    boolean off(int point) {
        return modes[point] == OFF;
    }

    boolean running(int head) {
        return modes[head] == FLAGGED;
    }

    /** The points inside of a loop have nothing to do from now on: its iterations are steps. */
    void stepLoop(MethodShape method, int head) {
        for (PointShape p : method.points()) {
            if (p.around().contains(head)) {
                modes[p.index()] = OFF;
            }
        }
    }

    void run(int head) {
        modes[head] = FLAGGED;
    }

    void stop(int head) {
        modes[head] = ON;
        granted[head] = 0;
        left[head] = 0;
    }

    /** A back edge was taken; returns whether it is to be reported. */
    boolean turn(int head) {
        return modes[head] != OFF && --left[head] <= 0;
    }

    void turned(int head) {
        left[head] = 0;
        turned = head;
    }

    /** Returns whether the head is reached by its back edge; else the loop is entered. */
    boolean takeTurn(int head) {
        boolean again = turned == head;
        turned = -1;
        return again;
    }

    /** Lets {@code iterations} pass until the next back edge is reported. */
    void grant(int head, int wanted) {
        granted[head] = wanted;
        left[head] = wanted;
    }

    /** Returns the iterations since the last grant, and counts them no more. */
    int passed(int head) {
        int passed = granted[head] - left[head];
        granted[head] = left[head];
        return passed;
    }

    /** A loop is entered. */
    void begin(int head, long now, long runs) {
        since[head] = now;
        iterations[head] = 0;
        runsBefore[head] = runs;
    }

    /** All loops that are running were entered at an unknown time before; they count from now on. */
    void beginAll(long now, long runs) {
        Arrays.fill(since, now);
        Arrays.fill(runsBefore, runs);
    }

    int iterate(int head) {
        return ++iterations[head];
    }

    int iterations(int head) {
        return iterations[head];
    }

    long since(int head) {
        return since[head];
    }

    long runsBefore(int head) {
        return runsBefore[head];
    }
}
