package dev.belay.engine;

import dev.belay.loop.LoopFrame;
import dev.belay.state.Snapshot;
import dev.belay.state.Unsupported;
import java.util.Optional;

/** Captures as soon as the program's other threads let it. Whatever goes wrong here is Belay's trouble, not the program's. */
final class PatientCapturer {

    /**
     * What came of a try: a snapshot, a refusal, or neither.
     *
     * @param postponed whether the next point is tried
     */
    record Outcome(Optional<Snapshot> snapshot, Optional<Unsupported> refused, boolean postponed) {

        private static final Outcome WAITING = new Outcome(Optional.empty(), Optional.empty(), false);
        private static final Outcome POSTPONED = new Outcome(Optional.empty(), Optional.empty(), true);

        private static Outcome refused(Unsupported e) {
            return new Outcome(Optional.empty(), Optional.of(e), false);
        }
    }

    private final Capturer capturer;
    private final Log log;
    private final OrderWarnings orders;
    private final Patience patience = new Patience();

    PatientCapturer(Capturer capturer, Log log) {
        this.capturer = capturer;
        this.log = log;
        this.orders = new OrderWarnings(log);
    }

    /** Returns whether other threads were busy at the last try. */
    boolean waiting() {
        return patience.waiting();
    }

    /** Returns whether it is too early to try again. */
    boolean pausing(long nowNanos) {
        return patience.pausing(nowNanos);
    }

    /**
     * Tries once.
     *
     * @param inEvaluation whether a point inside of an evaluation may hold what cannot be saved, a batch say, where the points
     *     after a step do not: what is due stays due, and the next point is tried
     * @param givesUp whether other threads that are busy for long are refused; else it waits as long as it must, and the
     *     user is told once
     */
    Outcome capture(LoopFrame frame, boolean inEvaluation, boolean givesUp) {
        try {
            Snapshot snapshot = capturer.capture(frame);
            orders.tell(snapshot.unordered());
            patience.over();
            return new Outcome(Optional.of(snapshot), Optional.empty(), false);
        } catch (BusyThread e) {
            return await(e, givesUp);
        } catch (Unsupported e) {
            if (inEvaluation) {
                log.debug("postponed: " + e.getMessage());
                return Outcome.POSTPONED;
            }
            return Outcome.refused(e);
        } catch (OutOfMemoryError e) {
            return Outcome.refused(new Unsupported(
                    "snapshot",
                    "there is no memory for a copy of the state (" + e.getMessage()
                            + "); raise -XX:MaxDirectMemorySize or -Xmx"));
        } catch (RuntimeException | LinkageError e) {
            return Outcome.refused(new Unsupported("snapshot", "internal error " + e + "; please report it"));
        }
    }

    private Outcome await(BusyThread e, boolean givesUp) {
        long now = System.nanoTime();
        patience.busy(now);
        log.debug("postponed: " + e.getMessage());
        if (patience.exhausted(now) && givesUp) {
            patience.over();
            return Outcome.refused(e.refusal());
        } else if (patience.worthTelling(now)) {
            log.warn("the checkpoint is postponed until other threads are idle: " + e.getMessage());
        }
        return Outcome.WAITING;
    }
}
