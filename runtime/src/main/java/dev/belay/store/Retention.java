package dev.belay.store;

import java.util.List;
import java.util.OptionalInt;

/** Which checkpoints may go. */
public final class Retention {

    private Retention() {}

    /**
     * Returns the checkpoints beyond the limit, never the newest one and never a superseded one.
     *
     * @param lineageNewestFirst one line of descent
     * @param limit how many to keep, at least one; empty for all
     */
    public static List<Committed> surplus(List<Committed> lineageNewestFirst, OptionalInt limit) {
        if (limit.isEmpty()) {
            return List.of();
        }
        return lineageNewestFirst.stream()
                .filter(c -> !c.superseded())
                .skip(Math.max(1, limit.getAsInt()))
                .toList();
    }
}
