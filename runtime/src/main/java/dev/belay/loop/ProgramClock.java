package dev.belay.loop;

import java.time.Instant;

/**
 * The clock that woven code reads in place of the system's. In a resumed program it begins where it began in the first
 * attempt, and at the saved position it goes on from where it was there: neither the time between two attempts nor a
 * difference between two machines is part of an elapsed time. It never runs backwards. Like {@link Points} it has only
 * JDK types in its signatures.
 */
public final class ProgramClock {

    private static volatile long nanosAhead;
    private static volatile long millisAhead;

    private ProgramClock() {}

    /** Stands for {@link System#nanoTime}. */
    public static long nanoTime() {
        return System.nanoTime() + nanosAhead;
    }

    /** Stands for {@link System#currentTimeMillis}. */
    public static long currentTimeMillis() {
        return System.currentTimeMillis() + millisAhead;
    }

    /** Stands for {@link Instant#now()}. */
    public static Instant now() {
        return Instant.now().plusMillis(millisAhead);
    }

    /** Begins at these times; called once, before the program starts. */
    public static void begin(long nanoTime, long currentTimeMillis) {
        nanosAhead = nanoTime - System.nanoTime();
        millisAhead = currentTimeMillis - System.currentTimeMillis();
    }

    /** Goes on from these times, where they are not past already. */
    public static void goOn(long nanoTime, long currentTimeMillis) {
        nanosAhead += Math.max(0, nanoTime - nanoTime());
        millisAhead += Math.max(0, currentTimeMillis - currentTimeMillis());
    }
}
