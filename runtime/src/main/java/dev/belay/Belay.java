package dev.belay;

/** What a program may ask Belay, if it wants to; no program has to. */
public final class Belay {

    private Belay() {}

    /** Returns whether this life of the program goes on from a checkpoint; false without the agent. */
    public static boolean restored() {
        return Boolean.getBoolean("dev.belay.restored");
    }
}
