package dev.belay.engine;

import dev.belay.schedule.BestMetric;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Looks at the metric that says which model is the best, at the end of each epoch. What it has seen is saved with each
 * checkpoint. Confined to the training thread.
 */
final class BestModel {

    /** Key of a checkpoint's note: the metric's full name, then the state of the search. */
    private static final String SEARCH = "best";

    /** Key of a checkpoint's note: the metric's full name and its value, where it was measured at this very step. */
    private static final String MEASURED = "metric";

    private final BestOptions options;
    private final MetricLog metrics;
    private final Log log;
    private final BestMetric best;
    private Optional<String> name = Optional.empty();

    BestModel(BestOptions options, MetricLog metrics, Log log) {
        this.options = options;
        this.metrics = metrics;
        this.log = log;
        this.best = new BestMetric(options.greaterIsBetter(), options.patience(), options.threshold());
    }

    /** An epoch has ended after so many steps; returns whether its metric is a new best. */
    boolean epochEnded(long step) {
        Optional<MetricLog.Metric> found = options.metric().flatMap(m -> metrics.latest(name.orElse(m)));
        if (found.isEmpty()) {
            return false;
        } else if (name.isEmpty()) {
            name = found.map(MetricLog.Metric::name);
            log.info("the best model is that of the " + (options.greaterIsBetter() ? "greatest " : "smallest ")
                    + name.get());
        }
        // one that was reported in the epoch before says nothing about this model
        return found.get().step() > best.state().lastStep()
                && best.seen(found.get().value(), step);
    }

    /** The checkpoint of the best model could not be taken before another step was made. */
    void missed() {
        log.warn("the best model so far, with " + name.orElseThrow() + " "
                + best.state().best() + " at step " + best.state().bestStep()
                + ", is not saved: other threads were busy until another step was made");
    }

    /** Returns whether the loop is to end at this epoch's end. */
    boolean stops() {
        return best.stops();
    }

    /** Returns, for people, why the loop ends. */
    String whyStopped() {
        BestMetric.State s = best.state();
        String than = Double.isNaN(s.best()) ? "a number" : "better than " + s.best() + " (step " + s.bestStep() + ")";
        return name.orElseThrow() + " was not " + than + " for " + s.waited() + " epochs";
    }

    /** A loop was left whose iterations are epochs: the next one begins its own search. */
    void loopEnded() {
        best.loopEnded();
    }

    /** Returns what a checkpoint of this step notes. */
    Map<String, String> notes(long step) {
        Map<String, String> notes = new TreeMap<>();
        name.map(n -> URLEncoder.encode(n, StandardCharsets.UTF_8)).ifPresent(n -> {
            notes.put(SEARCH, n + " " + best.state().text());
            if (best.state().lastStep() == step) {
                notes.put(MEASURED, n + " " + best.state().last());
            }
        });
        return notes;
    }

    /** Goes on from what a checkpoint notes. A search by another metric begins anew. */
    void restore(Map<String, String> notes) {
        Optional<Search> saved = Search.of(notes, options.greaterIsBetter());
        if (saved.isEmpty() || options.metric().isEmpty()) {
            return;
        }
        String asked = options.metric().get();
        String was = saved.get().metric();
        if (!was.equals(asked) && !was.equals(MetricLog.EVALUATION + asked)) {
            log.warn("metric_for_best_model was " + was + " and is " + asked + ": the best model is searched for anew");
            return;
        }
        name = Optional.of(was);
        best.restore(BestMetric.State.of(rest(notes.get(SEARCH))));
    }

    /** Returns the search that is under way or has just ended; empty before its first value. */
    Optional<Search> search() {
        return name.map(n -> new Search(n, best.state().since(), options.greaterIsBetter()));
    }

    private static String first(String text) {
        return URLDecoder.decode(text.substring(0, text.indexOf(' ')), StandardCharsets.UTF_8);
    }

    private static String rest(String text) {
        return text.substring(text.indexOf(' ') + 1);
    }

    /**
     * A search, as a checkpoint's notes tell of it.
     *
     * @param metric full name of the metric
     * @param since updates done at the last value before it began
     */
    record Search(String metric, long since, boolean greaterIsBetter) {

        /** Returns the search that a checkpoint was saved in; empty if there was none. */
        static Optional<Search> of(Map<String, String> notes, boolean greaterIsBetter) {
            return Optional.ofNullable(notes.get(SEARCH))
                    .map(t -> new Search(first(t), BestMetric.State.of(rest(t)).since(), greaterIsBetter));
        }

        /** Returns the metric of a checkpoint; empty if it was not measured at its step, or is of another search. */
        OptionalDouble measured(long step, Map<String, String> notes) {
            String text = notes.get(MEASURED);
            return text == null || step <= since || !first(text).equals(metric)
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(Double.parseDouble(rest(text)));
        }
    }
}
