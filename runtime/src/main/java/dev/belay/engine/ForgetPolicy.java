package dev.belay.engine;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What {@code forget} keeps, and what else it removes. A checkpoint is kept if any of the rules keeps it; without a rule
 * all are kept.
 *
 * @param keepLast how many of the newest
 * @param keepWithin how much older than the newest one they may be
 * @param keepBest how many of the best
 * @param metric by which they are the best; empty for the one that the run chose
 * @param greaterIsBetter empty for what the metric's name says
 * @param superseded whether those go whose name another one has taken
 * @param damaged whether those go that failed a verification
 * @param uncommitted whether those go that were never committed
 */
public record ForgetPolicy(
        OptionalInt keepLast,
        Optional<Duration> keepWithin,
        OptionalInt keepBest,
        Optional<String> metric,
        Optional<Boolean> greaterIsBetter,
        boolean superseded,
        boolean damaged,
        boolean uncommitted) {

    boolean hasRule() {
        return keepLast.isPresent() || keepWithin.isPresent() || keepBest.isPresent();
    }

    /** Returns whether nothing is asked for. */
    public boolean isEmpty() {
        return !hasRule() && !superseded && !damaged && !uncommitted;
    }
}
