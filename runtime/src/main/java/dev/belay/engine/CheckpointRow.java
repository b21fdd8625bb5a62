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
 * @param best whether it is the best one by the metric that was chosen
 * @param finished whether the run came to the end of its training with it
 * @param step updates done
 * @param epoch epochs done, with a fraction; NaN where unknown
 * @param bytes size of its files
 * @param created when it was written; null where unknown
 * @param seq its place in the order of all checkpoints of the directory
 * @param parent seq of the checkpoint it continues, or 0
 * @param attempt id of the process life that wrote it
 * @param metricName name of a metric in its trainer_state.json; empty if there is none
 * @param metric the value it had last; NaN where unknown
 */
public record CheckpointRow(
        String name,
        State state,
        boolean latest,
        boolean best,
        boolean finished,
        long step,
        double epoch,
        long bytes,
        Instant created,
        long seq,
        long parent,
        String attempt,
        String metricName,
        double metric) {

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

    static CheckpointRow of(String name, State state, Manifest m) {
        return new CheckpointRow(
                name,
                state,
                false,
                false,
                false,
                m.step(),
                m.epoch(),
                m.bytes(),
                m.created(),
                m.seq(),
                m.parent(),
                m.attempt(),
                "",
                Double.NaN);
    }

    static CheckpointRow unreadable(String name, State state) {
        return new CheckpointRow(
                name,
                state,
                false,
                false,
                false,
                UNKNOWN,
                Double.NaN,
                UNKNOWN,
                null,
                UNKNOWN,
                UNKNOWN,
                "",
                "",
                Double.NaN);
    }

    /** Returns whether a resume may take it. */
    public boolean isCommitted() {
        return state == State.COMMITTED || state == State.SUPERSEDED;
    }

    CheckpointRow with(TrainerNotes notes) {
        String name = notes.shownMetric().orElse("");
        return marked(
                latest,
                best,
                finished,
                name,
                name.isEmpty() ? Double.NaN : notes.last(name).orElse(Double.NaN));
    }

    CheckpointRow asLatest() {
        return marked(true, best, finished, metricName, metric);
    }

    CheckpointRow asBest() {
        return marked(latest, true, finished, metricName, metric);
    }

    CheckpointRow asFinished() {
        return marked(latest, best, true, metricName, metric);
    }

    CheckpointRow asDamaged() {
        return new CheckpointRow(
                name,
                State.DAMAGED,
                false,
                best,
                finished,
                step,
                epoch,
                bytes,
                created,
                seq,
                parent,
                attempt,
                metricName,
                metric);
    }

    private CheckpointRow marked(boolean newest, boolean first, boolean ended, String shown, double value) {
        return new CheckpointRow(
                name, state, newest, first, ended, step, epoch, bytes, created, seq, parent, attempt, shown, value);
    }
}
