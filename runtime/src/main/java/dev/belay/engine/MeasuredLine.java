package dev.belay.engine;

import dev.belay.store.CheckpointStore;
import dev.belay.store.Committed;
import dev.belay.store.Manifest;
import dev.belay.store.ManifestInfo;
import dev.belay.store.StoreProblem;
import dev.belay.store.TrainerState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A checkpoint and those that led to it, with the metric of each that was measured.
 *
 * @param checkpoints newest first
 * @param metrics by seq
 */
record MeasuredLine(List<Committed> checkpoints, Map<Long, Double> metrics) {

    /** @param search what is looked for; empty if nothing is */
    static MeasuredLine of(CheckpointStore store, long seq, Optional<BestModel.Search> search) throws IOException {
        List<Committed> line = store.lineage(seq);
        Map<Long, Double> metrics = new HashMap<>();
        for (Committed c : search.isPresent() ? line : List.<Committed>of()) {
            OptionalDouble metric = measured(store.directory().resolve(c.directoryName()), search.get());
            metric.ifPresent(m -> metrics.put(c.seq(), m));
        }
        return new MeasuredLine(line, metrics);
    }

    /** Returns the best checkpoint once another one is committed; empty if none was measured. */
    static Optional<TrainerState.Best> best(CheckpointStore store, ManifestInfo next, boolean greaterIsBetter)
            throws IOException {
        Optional<BestModel.Search> search = BestModel.Search.of(next.notes(), greaterIsBetter);
        MeasuredLine before = of(store, next.parent(), search);
        Optional<Committed> best = before.best(greaterIsBetter);
        double metric = best.map(c -> before.metrics().get(c.seq())).orElse(Double.NaN);
        double now = search.map(s -> s.measured(next.step(), next.notes()))
                .orElse(OptionalDouble.empty())
                .orElse(Double.NaN);
        if (isBetter(now, metric, greaterIsBetter)) {
            return Optional.of(new TrainerState.Best(next.step(), now, "checkpoint-" + next.step()));
        }
        return best.map(c -> new TrainerState.Best(c.step(), metric, c.directoryName()));
    }

    private static boolean isBetter(double metric, double than, boolean greaterIsBetter) {
        if (Double.isNaN(metric) || Double.isNaN(than)) {
            return !Double.isNaN(metric);
        }
        return greaterIsBetter ? metric > than : metric < than;
    }

    private static OptionalDouble measured(Path checkpoint, BestModel.Search search) throws IOException {
        if (!Files.isDirectory(checkpoint)) {
            return OptionalDouble.empty(); // somebody has moved it away
        }
        try {
            Manifest manifest = CheckpointStore.manifest(checkpoint);
            return search.measured(manifest.step(), manifest.notes());
        } catch (StoreProblem e) {
            return OptionalDouble.empty(); // damaged: it will be named where it is to be taken
        }
    }

    /** Returns the best one, the earliest of equal ones; empty if none was measured. */
    Optional<Committed> best(boolean greaterIsBetter) {
        List<Committed> oldestFirst = new ArrayList<>(checkpoints);
        java.util.Collections.reverse(oldestFirst);
        Committed best = null;
        for (Committed c : oldestFirst) {
            double than = best == null ? Double.NaN : metrics.get(best.seq());
            if (isBetter(metrics.getOrDefault(c.seq(), Double.NaN), than, greaterIsBetter)) {
                best = c;
            }
        }
        return Optional.ofNullable(best);
    }
}
