package dev.belay.schedule;

/** What makes a checkpoint due. */
public enum Trigger {
    /** Every {@code save_steps} steps. */
    STEPS,
    /** At the end of each epoch. */
    EPOCH,
    /** Every {@code save_interval} of wall-clock time. */
    TIME,
    /** At a new best value of a metric. */
    BEST,
    /** As often as saving takes one percent of the time, and no less often than by {@link #TIME}. */
    AUTO
}
