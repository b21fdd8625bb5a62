package dev.belay.engine;

import dev.belay.schedule.Trigger;
import dev.belay.state.Adapter;
import dev.belay.state.Adapters;
import dev.belay.store.ManifestInfo;
import dev.belay.store.TrainerState;
import java.util.Optional;
import java.util.OptionalLong;

/** Gathers what the {@code trainer_state.json} of a checkpoint says. Confined to the training thread. */
final class TrainingFacts {

    private final Settings settings;
    private final MetricLog metrics;
    private final Adapters adapters;

    TrainingFacts(Settings settings, MetricLog metrics, Adapters adapters) {
        this.settings = settings;
        this.metrics = metrics;
        this.adapters = adapters;
    }

    /** @param last whether the training is over, so that how long it was is known */
    TrainerState of(ManifestInfo info, boolean last) {
        return new TrainerState(
                info.step(),
                info.epoch(),
                last ? info.step() : 0,
                last && !Double.isNaN(info.epoch()) ? (long) Math.ceil(info.epoch()) : 0,
                settings.triggers().contains(Trigger.STEPS)
                        ? OptionalLong.of(settings.saveSteps())
                        : OptionalLong.empty(),
                batchSize(),
                metrics.loggingSteps(),
                metrics.evalSteps(),
                Optional.empty(), // it is told by the checkpoints that there are when this one is written
                metrics.history());
    }

    private OptionalLong batchSize() {
        return adapters.loaded().stream()
                .map(Adapter::batchSize)
                .filter(OptionalLong::isPresent)
                .findFirst()
                .orElse(OptionalLong.empty());
    }
}
