package dev.belay.engine;

import dev.belay.state.Adapters;
import dev.belay.state.Unsupported;
import dev.belay.store.LogEntry;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Takes metrics down, with the step and the epoch that the training is in: what the program reports, what is stored into
 * the local variable that the user named, and what frameworks measure. Confined to the training thread.
 */
final class Measurements {

    private final MetricLog metrics;
    private final Adapters adapters;
    private final StepCounter counter;
    private final Optional<String> wanted;
    private final Log log;
    private final Set<String> reserved = new HashSet<>();
    private boolean looked;
    private boolean unable;

    /** @param wanted the metric that the user named */
    Measurements(MetricLog metrics, Adapters adapters, StepCounter counter, Optional<String> wanted, Log log) {
        this.metrics = metrics;
        this.adapters = adapters;
        this.counter = counter;
        this.wanted = wanted;
        this.log = log;
    }

    void reported(String name, double value) {
        if (name == null || name.isBlank()) {
            return; // a mistake there MUST NOT end the training
        } else if (LogEntry.isReserved(name)) {
            if (reserved.add(name)) {
                log.warn("the metric " + name + " is left out: entries of log_history say under this name how far the"
                        + " training is; give it another name");
            }
            return;
        }
        metrics.report(name, value, counter.steps(), counter.epoch());
    }

    /** A framework's own loss is no other one than the local variable that the program puts it into. */
    void stored(String name, double value) {
        if (adapters.loaded().stream().noneMatch(a -> a.measures(name))) {
            reported(name, value);
        }
    }

    void measured(String framework, Object by, Object result) {
        ask(() -> {
            adapters.measured(framework, by, result);
            return Map.of();
        });
    }

    void stepEnded() {
        adapters.loaded().forEach(a -> ask(a::metricsOfStep));
    }

    /** A framework that cannot be asked is no reason to save nothing. */
    private void ask(Supplier<Map<String, Double>> framework) {
        if (unable) {
            return;
        }
        try {
            framework.get().forEach(this::reported);
        } catch (Unsupported e) {
            unable = true;
            log.warn("no more metrics are taken from the framework: " + e.getMessage());
        }
    }

    void epochEnded() {
        metrics.fillEpochs(counter.steps() - counter.stepsPerEpoch(), counter.stepsPerEpoch(), counter.epoch() - 1);
        adapters.loaded().forEach(a -> ask(a::metricsOfEpoch));
    }

    /** Without epochs, what frameworks measure of them is of the whole training. */
    void trainingEnded() {
        if (!counter.knowsEpochs()) {
            adapters.loaded().forEach(a -> ask(a::metricsOfEpoch));
        }
    }

    /** The steps of a loop that was given up do not count. */
    void rejected() {
        metrics.dropAfter(counter.steps());
    }

    /**
     * An epoch or the training has ended: by now the metric that the user named was seen, or it never will be.
     *
     * @param refuse takes what to say if it was not
     */
    void look(Consumer<Unsupported> refuse) {
        if (looked || wanted.isEmpty()) {
            return;
        }
        looked = true;
        if (metrics.latest(wanted.get()).isEmpty()) {
            refuse.accept(missing(wanted.get(), metrics.names()));
        }
    }

    private Unsupported missing(String name, Set<String> seen) {
        String found = seen.isEmpty() ? "no metric was" : "these were: " + String.join(", ", seen);
        return new Unsupported(
                "metric_for_best_model=" + name,
                String.format(
                        Locale.ROOT,
                        "no metric and no local variable with a number has this name by step %d, %s; name one that there"
                                + " is, or report it with dev.belay.Belay.metric",
                        counter.steps(),
                        found));
    }
}
