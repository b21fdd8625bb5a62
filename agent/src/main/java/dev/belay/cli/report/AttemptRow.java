package dev.belay.cli.report;

import dev.belay.engine.history.PastAttempt;
import java.time.Duration;

/** An attempt in the table. */
record AttemptRow(
        int ordinal,
        String id,
        String started,
        String lived,
        String from,
        String steps,
        int checkpoints,
        String end,
        String detail,
        String lost) {

    static AttemptRow of(PastAttempt a) {
        return new AttemptRow(
                a.ordinal(),
                a.id(),
                Figures.time(a.started()),
                Figures.duration(Duration.between(a.started(), a.lastSeen())),
                from(a),
                a.firstStep() + " to " + a.lastStep(),
                a.checkpoints(),
                a.end().word(),
                a.detail(),
                a.lostSteps() == 0
                        ? Figures.UNKNOWN
                        : Figures.count(a.lostSteps(), "step")
                                + a.lostTime()
                                        .map(t -> ", " + Figures.duration(t))
                                        .orElse(""));
    }

    /** One that made no step, as far as is known, may have been on its way back to a checkpoint. */
    private static String from(PastAttempt a) {
        if (a.resumedStep().isPresent()) {
            return "checkpoint-" + a.firstStep();
        }
        return a.lastStep() == 0 ? Figures.UNKNOWN : "the beginning";
    }
}
