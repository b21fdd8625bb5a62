package dev.belay.cli.report;

import dev.belay.engine.history.PastAttempt;
import dev.belay.engine.history.RunHistory;
import dev.belay.engine.history.SavedCheckpoint;
import java.util.List;

/**
 * The attempts, one below the other, each from the step that it began at to its last one.
 *
 * @param lanes the newest ones
 * @param hidden how many older ones are left out
 */
record Lanes(List<Lane> lanes, int hidden, List<Scale.Tick> steps) {

    private static final int MOST = 40;
    private static final double THINNEST = 0.004;

    /**
     * One attempt; places and widths in percent.
     *
     * @param kept width of what the next one went on from
     * @param lost width of what had to be made again
     * @param killed whether it ended in a kill
     * @param checkpoints places, as a path
     */
    record Lane(
            int ordinal,
            String from,
            String kept,
            String lostFrom,
            String lost,
            String to,
            boolean killed,
            boolean resumed,
            boolean finished,
            int saved,
            String checkpoints,
            String text) {}

    static Lanes of(RunHistory history) {
        Scale steps = Scale.ofSteps(Marks.of(history).lastStep());
        List<PastAttempt> all = history.attempts();
        List<PastAttempt> shown = all.subList(Math.max(0, all.size() - MOST), all.size());
        return new Lanes(
                shown.stream().map(a -> lane(a, history.checkpoints(), steps)).toList(),
                all.size() - shown.size(),
                steps.ticks(v -> Figures.count((long) v)));
    }

    private static Lane lane(PastAttempt a, List<SavedCheckpoint> checkpoints, Scale steps) {
        double from = steps.place(a.firstStep());
        double to = Math.max(from + THINNEST, steps.place(a.lastStep()));
        double kept = Math.max(from, Math.min(to, steps.place(a.lastStep() - a.lostSteps())));
        List<Marks.Event> own = checkpoints.stream()
                .filter(c -> c.attempt() == a.ordinal())
                .map(c -> new Marks.Event(c.step(), c.name()))
                .toList();
        return new Lane(
                a.ordinal(),
                Figures.percent(from),
                Figures.percent(kept - from),
                Figures.percent(kept),
                Figures.percent(to - kept),
                Figures.percent(to),
                a.end() == PastAttempt.End.KILLED,
                a.resumedStep().isPresent(),
                a.end() == PastAttempt.End.FINISHED,
                own.size(),
                Chart.rug(own, steps, " 0v1000"),
                "attempt " + a.ordinal() + ": steps " + a.firstStep() + " to " + a.lastStep() + ", "
                        + a.end().word());
    }
}
