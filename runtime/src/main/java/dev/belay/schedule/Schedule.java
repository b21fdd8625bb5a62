package dev.belay.schedule;

import java.util.EnumSet;
import java.util.Set;

/**
 * Decides when a checkpoint is due. A checkpoint that came due while another was being written stays due. Confined to
 * the training thread; the clock is the caller's.
 */
public final class Schedule {

    /** Under {@link Trigger#AUTO} saving takes no more than one in so many of each second. */
    private static final long ONE_IN = 100;

    /** Under {@link Trigger#AUTO} nothing is saved more often than this, in ns. */
    private static final long SHORTEST_NANOS = 1_000_000_000L;

    private final Set<Trigger> triggers;
    private long saveSteps;
    private final long intervalNanos;
    private long lastSaveNanos;
    private long autoNanos;
    private boolean due;
    private long lastStep;
    private long startedAt;

    /**
     * @param saveSteps steps between checkpoints, at least 1; {@link Long#MAX_VALUE} until {@link #every} is called
     * @param intervalNanos time between checkpoints, in ns
     * @param nowNanos start of this attempt, on a monotonic clock, in ns
     */
    public Schedule(Set<Trigger> triggers, long saveSteps, long intervalNanos, long nowNanos) {
        if (saveSteps < 1 || intervalNanos < 1) {
            throw new IllegalArgumentException("an interval MUST be positive");
        }
        this.triggers = triggers.isEmpty() ? EnumSet.noneOf(Trigger.class) : EnumSet.copyOf(triggers);
        this.saveSteps = saveSteps;
        this.intervalNanos = intervalNanos;
        this.lastSaveNanos = nowNanos;
        this.autoNanos = Math.min(intervalNanos, SHORTEST_NANOS); // the first one tells what they cost
    }

    /** A checkpoint took so long, its stall and its writing together, in ns. */
    public void cost(long nanos) {
        autoNanos = Math.min(intervalNanos, Math.max(SHORTEST_NANOS, ONE_IN * nanos));
    }

    /** The job goes on after {@code step} steps. */
    public void startAt(long step) {
        lastStep = step;
        startedAt = step;
    }

    /** It is known only now how many steps lie between checkpoints: what they made due in this attempt is due now. */
    public void every(long steps) {
        if (steps < 1) {
            throw new IllegalArgumentException("an interval MUST be positive");
        }
        saveSteps = steps;
        due |= triggers.contains(Trigger.STEPS) && lastStep / steps > startedAt / steps;
    }

    /** Returns whether a checkpoint is due after {@code step} steps of the job: a multiple of the interval was passed. */
    public boolean dueAfterStep(long step, long nowNanos) {
        due |= triggers.contains(Trigger.STEPS) && step / saveSteps > lastStep / saveSteps;
        lastStep = step;
        due |= triggers.contains(Trigger.AUTO) && nowNanos - lastSaveNanos >= autoNanos;
        due |= triggers.contains(Trigger.TIME) && nowNanos - lastSaveNanos >= intervalNanos;
        return due;
    }

    /** Somebody wants a checkpoint, whatever the triggers say. */
    public void ask() {
        due = true;
    }

    /** Returns after how many more steps it MUST be asked again: at once while one is due. */
    public long stepsUntilDue() {
        if (due) {
            return 1;
        }
        return triggers.contains(Trigger.STEPS) ? saveSteps - lastStep % saveSteps : Long.MAX_VALUE;
    }

    /** Returns whether a checkpoint is due at the end of an epoch. */
    public boolean dueAfterEpoch() {
        due |= triggers.contains(Trigger.EPOCH);
        return due;
    }

    /** Returns whether a checkpoint that came due is still to be taken. */
    public boolean due() {
        return due;
    }

    /** A snapshot was taken. */
    public void taken(long nowNanos) {
        due = false;
        lastSaveNanos = nowNanos;
    }
}
