package dev.belay.cli.report;

import dev.belay.engine.history.PastAttempt;
import dev.belay.engine.history.RunHistory;
import dev.belay.engine.history.SavedCheckpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The job in one sentence and in some figures. */
final class Summary {

    private static final double PERCENT = 100;

    private Summary() {}

    /**
     * One figure.
     *
     * @param id of its element
     * @param value as a plain number where it is a count, else empty
     */
    record Tile(String id, String label, String text, String value, String note) {

        static Tile count(String id, String label, long number, String note) {
            return new Tile(id, label, Figures.count(number), Long.toString(number), note);
        }
    }

    static String sentence(RunHistory history) {
        PastAttempt last = history.attempts().get(history.attempts().size() - 1);
        String state = switch (last.end()) {
            case FINISHED -> "Finished after ";
            case RUNNING -> "Running, last seen after ";
            case KILLED -> "Killed, last seen after ";
            case STOPPED -> "Stopped after ";
            case ENDED -> "Ended after ";
            case UNKNOWN -> "Killed or running elsewhere, last seen after ";
        };
        return state + Figures.count(steps(history), "step") + " in "
                + Figures.count(history.attempts().size(), "attempt") + ".";
    }

    /** One that was killed on its way to the training has not thrown the job back. */
    private static long steps(RunHistory history) {
        return history.attempts().stream()
                .mapToLong(PastAttempt::lastStep)
                .filter(s -> s > 0)
                .reduce(0, (earlier, later) -> later);
    }

    static List<Tile> tiles(RunHistory history) {
        List<SavedCheckpoint> checkpoints = history.checkpoints();
        Optional<SavedCheckpoint> newest =
                checkpoints.isEmpty() ? Optional.empty() : Optional.of(checkpoints.get(checkpoints.size() - 1));
        long resumes = history.attempts().stream()
                .filter(a -> a.resumedStep().isPresent())
                .count();
        List<Tile> tiles = new ArrayList<>();
        tiles.add(Tile.count(
                "steps",
                "Steps",
                steps(history),
                newest.filter(c -> c.epoch().isPresent())
                        .map(c -> "epoch " + Figures.epoch(c.epoch()))
                        .orElse("")));
        tiles.add(Tile.count("attempts", "Attempts", history.attempts().size(), ""));
        tiles.add(Tile.count("kills", "Kills", ReportPage.kills(history), ""));
        tiles.add(Tile.count("resumes", "Resumes", resumes, ""));
        long kept = checkpoints.stream()
                .filter(c -> c.fate() == SavedCheckpoint.Fate.KEPT || c.fate() == SavedCheckpoint.Fate.SUPERSEDED)
                .count();
        tiles.add(Tile.count("checkpoints", "Checkpoints", checkpoints.size(), Figures.count(kept) + " kept"));
        tiles.add(lost(history));
        tiles.add(stalls(history));
        tiles.add(bytes(checkpoints));
        return tiles;
    }

    private static Tile lost(RunHistory history) {
        long steps =
                history.attempts().stream().mapToLong(PastAttempt::lostSteps).sum();
        Duration time =
                history.attempts().stream().flatMap(a -> a.lostTime().stream()).reduce(Duration.ZERO, Duration::plus);
        String note = steps == 1 ? "step" : "steps";
        return Tile.count(
                "lost", "Lost work", steps, steps == 0 ? note : note + ", at least " + Figures.duration(time));
    }

    private static Tile stalls(RunHistory history) {
        double stall = history.checkpoints().stream()
                .mapToDouble(c -> c.stallMillis().orElse(0))
                .sum();
        double lived = history.attempts().stream()
                .mapToLong(a -> Duration.between(a.started(), a.lastSeen()).toMillis())
                .sum();
        String share = lived > 0 ? String.format(Locale.ROOT, "%.2f %% of the time", PERCENT * stall / lived) : "";
        return new Tile("stalls", "Stood still for saving", Figures.millis(stall), "", share);
    }

    private static Tile bytes(List<SavedCheckpoint> checkpoints) {
        long written = checkpoints.stream().mapToLong(c -> c.bytes().orElse(0)).sum();
        long shared =
                checkpoints.stream().mapToLong(c -> c.sharedBytes().orElse(0)).sum();
        String note = shared == 0 ? "" : Figures.size(shared) + " taken over unchanged";
        return new Tile("bytes", "Written", Figures.size(written), "", note);
    }
}
