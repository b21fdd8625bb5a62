package dev.belay.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * What is kept and what goes.
 *
 * @param items all checkpoints and what was set aside, in the order of a {@link Listing}
 */
public record ForgetPlan(List<Item> items) {

    private static final String LEFT = "it is being read, or may be committed";

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

    /** Returns the plan as it was carried out where some could not be removed. */
    ForgetPlan without(Set<String> left) {
        return new ForgetPlan(items.stream()
                .map(i -> left.contains(i.row().name()) ? new Item(i.row(), false, LEFT) : i)
                .toList());
    }

    /** Returns how many bytes go at most: files that others share stay. */
    public long bytes() {
        return going().stream().mapToLong(i -> Math.max(0, i.row().bytes())).sum();
    }
}
