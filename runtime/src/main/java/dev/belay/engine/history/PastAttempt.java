package dev.belay.engine.history;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One process life of a job.
 *
 * @param ordinal from 1
 * @param number of its first record in the log
 * @param id as manifests name it
 * @param resumedSeq of the checkpoint that it went on from; 0 if it started anew, or went on from one of another directory
 * @param resumedStep empty if it started anew
 * @param lastStep the last one that it is known to have made
 * @param lastSeen when it is last known to have lived
 * @param checkpoints how many it committed
 * @param detail what is known of its end besides, in words; may be empty
 * @param lostSteps that the next attempt had to make again, or will have to; those that it is known to have made
 * @param lostTime the time that it had spent on them
 */
public record PastAttempt(
        int ordinal,
        long number,
        String id,
        Instant started,
        long resumedSeq,
        OptionalLong resumedStep,
        long lastStep,
        Instant lastSeen,
        int checkpoints,
        End end,
        String detail,
        long lostSteps,
        Optional<Duration> lostTime) {

    /** How an attempt ended. */
    public enum End {
        /** It trained to the end. */
        FINISHED,
        /** It ended by itself before that. */
        ENDED,
        /** A signal stopped it that it could take note of. */
        STOPPED,
        /** It ended without a word. */
        KILLED,
        RUNNING,
        /** Nothing tells whether it was killed or runs on another machine. */
        UNKNOWN;

        /** Returns the word that users read. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Returns the step that it began at. */
    public long firstStep() {
        return resumedStep.orElse(0);
    }
}
