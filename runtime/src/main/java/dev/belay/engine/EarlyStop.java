package dev.belay.engine;

import dev.belay.loop.LoopFrame;
import dev.belay.loop.PointShape;
import dev.belay.loop.WayOut;
import dev.belay.state.Unsupported;
import java.util.Optional;

/** Ends the loop of the epochs when the metric has not become better for too long. Confined to the training thread. */
final class EarlyStop {

    private final int patience;
    private final BestModel best;
    private final Log log;
    private boolean off;

    EarlyStop(BestOptions options, BestModel best, Log log) {
        this.patience = options.patience();
        this.best = best;
        this.log = log;
    }

    /** Returns why the loop could not be left at its head, the first time that it is asked; empty if it could be. */
    Optional<Unsupported> refusal(LoopFrame frame, PointShape head) {
        if (off || patience == 0 || WayOut.of(frame.method(), head).isPresent()) {
            return Optional.empty();
        }
        off = true;
        return Optional.of(new Unsupported(
                "early_stopping_patience=" + patience,
                "the loop at " + frame.method().readable() + " line " + head.line()
                        + " cannot be left at its head, as the code behind it needs what an iteration computes first; let the"
                        + " program stop by itself"));
    }

    /** An epoch has ended after so many steps; returns whether the loop is to be left. */
    boolean stops(long step) {
        boolean stops = !off && best.stops();
        if (stops) {
            log.info("early stopping after step " + step + ": " + best.whyStopped());
        }
        return stops;
    }
}
