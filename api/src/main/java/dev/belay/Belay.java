package dev.belay;

/**
 * What a program may tell Belay and ask it, if it wants to; no program has to. Without {@code -javaagent:belay.jar} all of
 * it does nothing.
 */
public final class Belay {

    private Belay() {}

    /**
     * Reports a metric. It is noted with the number of steps that have ended, and goes into {@code log_history} of the
     * checkpoints from then on. To be called by the thread that trains; of several values at one step the last one counts.
     *
     * @param name such as {@code loss}; with {@code eval_} before it, it is of a validation. {@code step} and {@code epoch}
     *     are no names of metrics
     * @param value may be NaN, which is never the best
     */
    public static void metric(String name, double value) {
        // the agent connects it
    }

    /** Returns whether this life of the program goes on from a checkpoint; false without the agent. */
    public static boolean restored() {
        return Boolean.getBoolean("dev.belay.restored");
    }
}
