package dev.belay.engine;

import dev.belay.store.Entry;
import dev.belay.store.Manifest;
import java.time.Instant;
import java.util.Locale;

/**
 * One checkpoint as a list shows it. Where its manifest cannot be read, numbers are {@link #UNKNOWN} and texts empty.
 *
 * @param name its directory
 * @param latest whether a resume would take it, if it verifies
 * @param step updates done
 * @param epoch epochs done, with a fraction; NaN where unknown
 * @param bytes size of its files
 * @param created when it was written; null where unknown
 * @param seq its place in the order of all checkpoints of the directory
 * @param parent seq of the checkpoint it continues, or 0
 * @param attempt id of the process life that wrote it
 */
public record CheckpointRow(
        String name,
        State state,
        boolean latest,
        long step,
        double epoch,
        long bytes,
        Instant created,
        long seq,
        long parent,
        String attempt) {

    public static final long UNKNOWN = -1;

    /** What became of it. */
    public enum State {
        /** In the log and in its place. */
        COMMITTED,
        /** Committed, but another one of the same step has taken its name. */
        SUPERSEDED,
        /** In the log, but its directory is gone. */
        MISSING,
        /** Failed a verification. */
        DAMAGED,
        /** On disk, but not in the log. */
        UNCOMMITTED,
        /** Outside of any output_dir: only {@code resume_from_checkpoint=PATH} takes it. */
        COPY;

        static State of(Entry.Standing standing) {
            return switch (standing) {
                case COMMITTED -> COMMITTED;
                case SUPERSEDED -> SUPERSEDED;
                case MISSING -> MISSING;
                case DAMAGED -> DAMAGED;
                case UNCOMMITTED -> UNCOMMITTED;
            };
        }

        /** Returns the word that users read. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static CheckpointRow of(String name, State state, boolean latest, Manifest m) {
        return new CheckpointRow(
                name, state, latest, m.step(), m.epoch(), m.bytes(), m.created(), m.seq(), m.parent(), m.attempt());
    }

    static CheckpointRow unreadable(String name, State state) {
        return new CheckpointRow(name, state, false, UNKNOWN, Double.NaN, UNKNOWN, null, UNKNOWN, UNKNOWN, "");
    }
}
