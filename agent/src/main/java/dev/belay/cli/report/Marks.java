package dev.belay.cli.report;

import dev.belay.engine.history.PastAttempt;
import dev.belay.engine.history.RunHistory;
import dev.belay.engine.history.SavedCheckpoint;
import java.util.List;

/**
 * What happened at which step, to be marked in each chart.
 *
 * @param lastStep the last one that any attempt is known to have made
 */
record Marks(List<Event> kills, List<Event> resumes, List<Event> checkpoints, long lastStep) {

    /** @param text for people */
    record Event(long step, String text) {}

    static Marks of(RunHistory history) {
        List<Event> kills = history.attempts().stream()
                .filter(a -> a.end() == PastAttempt.End.KILLED)
                .map(a -> new Event(a.lastStep(), "attempt " + a.ordinal() + " killed after step " + a.lastStep()))
                .toList();
        List<Event> resumes = history.attempts().stream()
                .filter(a -> a.resumedStep().isPresent())
                .map(a -> new Event(a.firstStep(), "attempt " + a.ordinal() + " resumed at step " + a.firstStep()))
                .toList();
        List<Event> checkpoints = history.checkpoints().stream()
                .map(c -> new Event(c.step(), c.name()))
                .toList();
        long last = Math.max(
                history.attempts().stream()
                        .mapToLong(PastAttempt::lastStep)
                        .max()
                        .orElse(0),
                history.checkpoints().stream()
                        .mapToLong(SavedCheckpoint::step)
                        .max()
                        .orElse(0));
        return new Marks(kills, resumes, checkpoints, last);
    }
}
