package dev.belay.state;

import java.util.ArrayList;
import java.util.List;

/** Differences as they are found: all are counted, the first are kept. */
final class DifferenceList {

    private static final int MOST = 200;
    private static final int MOST_TEXT = 200;

    private final List<StateDifference.Place> kept = new ArrayList<>();
    private long count;

    void add(String path, String first, String second) {
        count++;
        if (kept.size() < MOST) {
            kept.add(new StateDifference.Place(path, shortened(first), shortened(second)));
        }
    }

    private static String shortened(String text) {
        return text.length() <= MOST_TEXT ? text : text.substring(0, MOST_TEXT - 1) + "…";
    }

    List<StateDifference.Place> kept() {
        return List.copyOf(kept);
    }

    long count() {
        return count;
    }
}
