package dev.belay.engine.history;

import java.time.Instant;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A checkpoint that was committed, whether it is still there or not. Numbers that the log does not hold, as that of an
 * earlier version, are empty.
 *
 * @param name its directory, as it is or was
 * @param attempt number of the attempt that wrote it
 * @param committed when
 * @param bytes written for it
 * @param sharedBytes taken over unchanged from the checkpoint before
 * @param stallMillis how long the program stood still
 * @param writeMillis how long its files took, up to the commit
 */
public record SavedCheckpoint(
        String name,
        long seq,
        long parent,
        long step,
        OptionalDouble epoch,
        long attempt,
        Instant committed,
        OptionalLong bytes,
        OptionalLong sharedBytes,
        OptionalDouble stallMillis,
        OptionalDouble writeMillis,
        Fate fate) {

    /** What became of it. */
    public enum Fate {
        KEPT,
        /** Another one of its step has taken its name. */
        SUPERSEDED,
        DELETED,
        /** Failed a verification. */
        DAMAGED,
        /** In the log, but its directory is gone. */
        MISSING;

        /** Returns the word that users read. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
