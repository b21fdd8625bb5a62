package dev.belay.state;

import java.util.ArrayList;
import java.util.List;

/**
 * How an object of a graph was reached.
 *
 * @param before how the object that refers to it was reached; null for a root
 */
record GraphWay(GraphWay before, String step) {

    private static final int MOST_STEPS = 24;

    static GraphWay root(String name) {
        return new GraphWay(null, name);
    }

    GraphWay then(String next) {
        return new GraphWay(this, next);
    }

    /** A chain of a million links has a way of a million steps: only its ends are told. */
    String text() {
        List<String> steps = new ArrayList<>();
        for (GraphWay w = this; w != null; w = w.before) {
            steps.add(0, w.step);
            if (steps.size() > MOST_STEPS) {
                steps.set(0, root() + "…");
                break;
            }
        }
        return String.join("", steps);
    }

    private String root() {
        GraphWay w = this;
        while (w.before != null) {
            w = w.before;
        }
        return w.step;
    }
}
