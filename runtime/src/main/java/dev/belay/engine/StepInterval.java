package dev.belay.engine;

import dev.belay.loop.LoopFrame;
import dev.belay.schedule.Schedule;
import dev.belay.schedule.Trigger;
import dev.belay.state.Unsupported;
import java.util.Optional;

/** Where save_steps is a share of all steps: finds out how many steps it is, as soon as all steps are known. */
final class StepInterval {

    private final SaveSteps option;
    private final Log log;
    private final AllSteps all;
    private boolean open;
    private boolean asks;

    StepInterval(Settings settings, Log log, AllSteps all) {
        this.option = settings.saveSteps();
        this.log = log;
        this.all = all;
        this.open = option.isShare() && settings.triggers().contains(Trigger.STEPS);
        this.asks = open;
    }

    /** Returns whether {@link #ask} wants to be called at the next point. */
    boolean asks() {
        return asks;
    }

    /** An epoch has ended: it tells how many steps one has. */
    void epochEnds() {
        asks = open;
    }

    /** Tells the schedule at a point where a step was made, if it is known there; returns why it will never be. */
    Optional<Unsupported> ask(LoopFrame frame, Schedule schedule) {
        AllSteps.Known known = all.at(frame);
        known.steps().ifPresent(steps -> {
            open = false;
            long every = option.among(steps);
            schedule.every(every);
            log.info("save_steps=" + option.text() + " of " + steps + " steps is every " + every);
        });
        asks = open && known.again();
        return known.never()
                .map(why -> new Unsupported(
                        "save_steps=" + option.text(),
                        "the number of all steps is not known: " + why + "; give save_steps as a whole number"));
    }
}
