package dev.belay.engine;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * The option {@code save_steps}.
 *
 * @param count steps between checkpoints; 0 for a share
 * @param share of all steps, below 1; 0 for a count
 */
public record SaveSteps(long count, BigDecimal share) {

    /** So many steps, at least 1. */
    public static SaveSteps of(long count) {
        return new SaveSteps(count, BigDecimal.ZERO);
    }

    /** A share of all steps, between 0 and 1. */
    public static SaveSteps share(BigDecimal share) {
        return new SaveSteps(0, share);
    }

    /** Returns whether all steps MUST be known. */
    public boolean isShare() {
        return count == 0;
    }

    /** Returns the steps between checkpoints of a job that makes {@code all} steps, rounded up. */
    long among(long all) {
        return isShare()
                ? Math.max(
                        1,
                        share.multiply(BigDecimal.valueOf(all))
                                .setScale(0, RoundingMode.CEILING)
                                .longValueExact())
                : count;
    }

    /** Returns how it is written. */
    String text() {
        return isShare() ? share.toPlainString() : Long.toString(count);
    }
}
