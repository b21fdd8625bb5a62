package dev.belay.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What is kept and what goes.
 *
 * @param items all checkpoints and what was set aside, in the order of a {@link Listing}
 */
public record ForgetPlan(List<Item> items) {

    /**
     * One checkpoint.
     *
     * @param goes whether it is removed
     * @param reason why it is kept, or goes
     */
    public record Item(CheckpointRow row, boolean goes, String reason) {}

    public ForgetPlan {
        items = List.copyOf(items);
    }

    /** Returns what goes, the oldest first: a kill between leaves no gap in the line of descent. */
    public List<Item> going() {
        List<Item> going = new ArrayList<>(items.stream().filter(Item::goes).toList());
        Collections.reverse(going);
        return going;
    }

    /** Returns how many bytes go at most: files that others share stay. */
    public long bytes() {
        return going().stream().mapToLong(i -> Math.max(0, i.row().bytes())).sum();
    }
}
