package dev.belay.engine;

import dev.belay.store.LogEntry;
import dev.belay.store.TrainerState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The metrics of the job, over all its attempts: what was reported by name, value, step and epoch. A checkpoint saves them
 * as {@code log_history}, and a resume takes them back, so that what is reported twice is there once. Names that begin with
 * {@code eval_} are of a validation and have entries of their own, as the Hugging Face Trainer writes them.
 */
public final class MetricLog {

    /** What names of validation metrics begin with. */
    public static final String EVALUATION = "eval_";

    /**
     * A value as it was reported last.
     *
     * @param name its full name
     * @param value may be NaN
     * @param step updates done by then
     * @param epoch epochs done by then, with a fraction; NaN where unknown
     */
    public record Metric(String name, double value, long step, double epoch) {}

    private final MetricEntries training = new MetricEntries();
    private final MetricEntries validation = new MetricEntries();

    /** Notes a value; of several at one step the last one counts. */
    synchronized void report(String name, double value, long step, double epoch) {
        entries(name).report(name, value, step, epoch);
    }

    private MetricEntries entries(String name) {
        return name.startsWith(EVALUATION) ? validation : training;
    }

    /**
     * Returns the latest value of a metric.
     *
     * @param asked its name; the validation metric {@code eval_<asked>} comes first, if there is one
     */
    public synchronized Optional<Metric> latest(String asked) {
        return exactly(EVALUATION + asked).or(() -> exactly(asked));
    }

    private Optional<Metric> exactly(String name) {
        return entries(name).latest(name).map(e -> new Metric(name, e.values().get(name), e.step(), e.epoch()));
    }

    /** Returns the names of all metrics that were seen. */
    public synchronized Set<String> names() {
        Set<String> names = new TreeSet<>(training.names());
        names.addAll(validation.names());
        return names;
    }

    /** Returns all entries in the order of their steps; of one step, training comes first. */
    public synchronized List<LogEntry> history() {
        List<LogEntry> all = new ArrayList<>();
        List<LogEntry> trained = training.all();
        int next = 0;
        for (LogEntry v : validation.all()) {
            while (next < trained.size() && trained.get(next).step() <= v.step()) {
                all.add(trained.get(next++));
            }
            all.add(v);
        }
        all.addAll(trained.subList(next, trained.size()));
        return all;
    }

    /** Returns which steps are kept of training: those that this divides. */
    synchronized long loggingSteps() {
        return training.stride();
    }

    /** Returns which steps are kept of validation: those that this divides. */
    synchronized long evalSteps() {
        return validation.stride();
    }

    /** Goes on from what a checkpoint says, and from nothing else. */
    synchronized void restore(TrainerState saved) {
        restore(saved.logHistory(), saved.globalStep(), saved.loggingSteps(), saved.evalSteps());
    }

    /** What was reported after this step is as if it had not been. */
    synchronized void dropAfter(long step) {
        restore(history(), step, training.stride(), validation.stride());
    }

    private void restore(List<LogEntry> history, long step, long loggingSteps, long evalSteps) {
        List<LogEntry> until = history.stream().filter(e -> e.step() <= step).toList();
        training.restore(until.stream().filter(e -> !isValidation(e)).toList(), loggingSteps);
        validation.restore(until.stream().filter(MetricLog::isValidation).toList(), evalSteps);
    }

    private static boolean isValidation(LogEntry entry) {
        return entry.values().keySet().stream().anyMatch(n -> n.startsWith(EVALUATION));
    }

    /** An epoch has ended: entries of it whose place in it was not known are told it. */
    synchronized void fillEpochs(long from, long steps, double epochsBefore) {
        training.fillEpochs(from, steps, epochsBefore);
        validation.fillEpochs(from, steps, epochsBefore);
    }
}
