package dev.belay.engine;

import java.time.Duration;

/**
 * How long a snapshot waits for the program's other threads: it is tried again after later steps, with a pause, as looking
 * at all threads costs a little. Times are nanoseconds of {@link System#nanoTime}.
 */
final class Patience {

    private static final long LIMIT_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long PAUSE_NANOS = Duration.ofMillis(10).toNanos();

    private boolean waiting;
    private boolean told;
    private long since;
    private long tried;

    /** A thread was busy. */
    void busy(long now) {
        since = waiting ? since : now;
        tried = now;
        waiting = true;
    }

    /** Nobody was busy. */
    void over() {
        waiting = false;
        told = false;
    }

    boolean waiting() {
        return waiting;
    }

    /** Returns whether it is too early to look again. */
    boolean pausing(long now) {
        return waiting && now - tried < PAUSE_NANOS;
    }

    boolean exhausted(long now) {
        return waiting && now - since > LIMIT_NANOS;
    }

    /** Returns true once while it is exhausted. */
    boolean worthTelling(long now) {
        boolean first = exhausted(now) && !told;
        told |= first;
        return first;
    }

    /** Waits as long as it is worth before looking again. */
    static void pause() {
        try {
            Thread.sleep(PAUSE_NANOS / 1_000_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
