package dev.belay.schedule;

/**
 * The best value of a metric so far, and for how long there was no better one: decides what is saved as the best, and when
 * training stops early. The comparison is strict, and NaN is never the best. Confined to the training thread.
 */
public final class BestMetric {

    /**
     * All that has to be known to go on.
     *
     * @param best NaN if there is none
     * @param bestStep updates done at the best
     * @param last the value seen last
     * @param lastStep updates done there; -1 before the first
     * @param waited how many values in a row were no improvement that counts
     * @param since updates done at the last value before the search began: what was saved until then is none of it
     * @param over whether the loop has ended: the next value begins a new search
     */
    public record State(double best, long bestStep, double last, long lastStep, int waited, long since, boolean over) {

        static final State FRESH = new State(Double.NaN, -1, Double.NaN, -1, 0, 0, false);

        /** Returns it as words that {@link #of} reads. */
        public String text() {
            return best + " " + bestStep + " " + last + " " + lastStep + " " + waited + " " + since + " " + over;
        }

        /** Reads {@link #text()}; throws {@link IllegalArgumentException} for others. */
        public static State of(String text) {
            String[] w = text.split(" ");
            if (w.length != 7) {
                throw new IllegalArgumentException("found '" + text + "', expected 7 words");
            }
            return new State(
                    Double.parseDouble(w[0]),
                    Long.parseLong(w[1]),
                    Double.parseDouble(w[2]),
                    Long.parseLong(w[3]),
                    Integer.parseInt(w[4]),
                    Long.parseLong(w[5]),
                    Boolean.parseBoolean(w[6]));
        }
    }

    private final boolean greaterIsBetter;
    private final int patience;
    private final double threshold;
    private State state = State.FRESH;

    /**
     * @param patience after how many values without an improvement training stops; 0 for never
     * @param threshold by how much a value must be better than the best to count as an improvement
     */
    public BestMetric(boolean greaterIsBetter, int patience, double threshold) {
        this.greaterIsBetter = greaterIsBetter;
        this.patience = patience;
        this.threshold = threshold;
    }

    /** Takes a value that was measured after {@code step} updates; returns whether it is a new best. */
    public boolean seen(double value, long step) {
        State was = state.over ? new State(Double.NaN, -1, Double.NaN, -1, 0, state.lastStep, false) : state;
        boolean better = isBetter(value, was.best);
        boolean counts = better && (Double.isNaN(was.best) || Math.abs(value - was.best) > threshold);
        state = new State(
                better ? value : was.best,
                better ? step : was.bestStep,
                value,
                step,
                counts ? 0 : was.waited + 1,
                was.since,
                false);
        return better;
    }

    private boolean isBetter(double value, double than) {
        if (Double.isNaN(value) || Double.isNaN(than)) {
            return !Double.isNaN(value);
        }
        return greaterIsBetter ? value > than : value < than;
    }

    /** Returns whether the loop is to end here. */
    public boolean stops() {
        return patience > 0 && !state.over && state.waited >= patience;
    }

    /** The loop has ended: what is seen from now on is of another one. */
    public void loopEnded() {
        state = new State(state.best, state.bestStep, state.last, state.lastStep, state.waited, state.since, true);
    }

    public State state() {
        return state;
    }

    /** Goes on from what was saved. */
    public void restore(State saved) {
        state = saved;
    }
}
