package dev.belay.store;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Which checkpoints may go. Those that stay are the best ones and the newest ones, together no more than the limit, and
 * besides them the first one of each so many steps. The newest and the best stay whatever the limit. Pure.
 *
 * @param limit how many to keep, at least one; empty for all
 * @param keepEvery steps of which one checkpoint is kept for good; empty for none
 * @param keepBest how many of the best are kept
 * @param greaterIsBetter whether a greater metric is a better one
 */
public record Retention(OptionalInt limit, OptionalInt keepEvery, int keepBest, boolean greaterIsBetter) {

    /** Keeps the newest ones only. */
    public static Retention ofNewest(OptionalInt limit) {
        return new Retention(limit, OptionalInt.empty(), 0, false);
    }

    /**
     * Returns the checkpoints that are not to be kept, newest first; never a superseded one.
     *
     * @param lineage one line of descent, newest first, of checkpoints that are not known to be damaged
     * @param metrics the metric of each checkpoint by its seq; absent or NaN where it was not measured
     */
    public List<Committed> surplus(List<Committed> lineage, Map<Long, Double> metrics) {
        if (limit.isEmpty()) {
            return List.of();
        }
        List<Committed> line = lineage.stream().filter(c -> !c.superseded()).toList();
        Set<Long> kept = best(line, metrics);
        addNewest(line, kept);
        addPeriodic(line, kept);
        return line.stream().filter(c -> !kept.contains(c.seq())).toList();
    }

    /** Returns the seqs of the best ones. Of equal ones the earlier is the better: a metric that only equals is no progress. */
    private Set<Long> best(List<Committed> line, Map<Long, Double> metrics) {
        Comparator<Committed> byMetric =
                Comparator.comparingDouble(c -> metrics.get(c.seq()) + 0.0); // 0 and -0 are one
        Set<Long> best = new HashSet<>();
        line.stream()
                .filter(c -> !Double.isNaN(metrics.getOrDefault(c.seq(), Double.NaN)))
                .sorted((greaterIsBetter ? byMetric.reversed() : byMetric).thenComparingLong(Committed::seq))
                .limit(keepBest)
                .forEach(c -> best.add(c.seq()));
        return best;
    }

    private void addNewest(List<Committed> line, Set<Long> kept) {
        long newest = line.isEmpty() ? 0 : line.get(0).seq();
        int room = Math.max(limit.getAsInt(), kept.contains(newest) ? kept.size() : kept.size() + 1);
        for (Committed c : line) {
            if (kept.size() < room) {
                kept.add(c.seq());
            }
        }
    }

    /** One that is kept as the first of its steps stays the first, so that what is kept does not depend on when it is asked. */
    private void addPeriodic(List<Committed> line, Set<Long> kept) {
        Set<Long> seen = new HashSet<>();
        for (int i = line.size() - 1; i >= 0 && keepEvery.isPresent(); i--) {
            long multiple = line.get(i).step() / keepEvery.getAsInt();
            if (multiple > 0 && seen.add(multiple)) {
                kept.add(line.get(i).seq());
            }
        }
    }
}
