package dev.belay.agent;

import dev.belay.engine.BestOptions;
import dev.belay.engine.Option;
import dev.belay.engine.SaveStrategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The options about the best model, which belong together.
 *
 * @param warnings what the user should know and that stops nothing
 */
record BestSelection(BestOptions options, List<String> warnings) {

    /** Reads and compares them; throws where one of them cannot do what it says. */
    static BestSelection read(OptionSources given, SaveStrategy strategy) throws BadOption {
        boolean load = AgentOptions.read(given, Option.LOAD_BEST_MODEL_AT_END, OptionValues::truth);
        OptionalInt patience = AgentOptions.read(given, Option.EARLY_STOPPING_PATIENCE, OptionValues::limit);
        OptionalInt keepBest = AgentOptions.read(given, Option.KEEP_BEST, OptionValues::keepBest);
        String metric = AgentOptions.read(given, Option.METRIC_FOR_BEST_MODEL, OptionValues::metric);
        boolean asked = load
                || strategy.byBest()
                || patience.isPresent()
                || keepBest.orElse(0) > 0
                || given.given(Option.METRIC_FOR_BEST_MODEL).isPresent();
        BestOptions options = new BestOptions(
                asked ? Optional.of(metric) : Optional.empty(),
                AgentOptions.read(given, Option.GREATER_IS_BETTER, OptionValues::greater)
                        .orElse(BestOptions.isGreaterBetter(metric)),
                load,
                patience.orElse(0),
                AgentOptions.read(given, Option.EARLY_STOPPING_THRESHOLD, OptionValues::threshold),
                AgentOptions.read(given, Option.KEEP_EVERY, OptionValues::limit),
                keepBest.orElse(asked ? 1 : 0));
        requireCheckpoints(options, strategy);
        return new BestSelection(options, withoutEffect(given, options));
    }

    private static void requireCheckpoints(BestOptions options, SaveStrategy strategy) throws BadOption {
        if (options.loadAtEnd() && strategy.triggers().isEmpty()) {
            throw new BadOption(
                    "found load_best_model_at_end=true with save_strategy=no, expected a strategy that saves"
                            + " checkpoints; the best model is loaded from one");
        } else if (options.loadAtEnd() && options.keepBest() == 0) {
            throw new BadOption(
                    "found load_best_model_at_end=true with keep_best=0, expected keep_best from 1; the best"
                            + " checkpoint would be deleted");
        }
    }

    private static List<String> withoutEffect(OptionSources given, BestOptions options) throws BadOption {
        List<String> warnings = new ArrayList<>();
        boolean all = AgentOptions.read(given, Option.SAVE_TOTAL_LIMIT, OptionValues::limit)
                .isEmpty();
        Stream.of(Option.KEEP_EVERY, Option.KEEP_BEST)
                .filter(o -> all && given.given(o).isPresent())
                .forEach(o -> warnings.add(o.key() + " has no effect with save_total_limit=none, which keeps all"));
        if (given.given(Option.GREATER_IS_BETTER).isPresent()
                && options.metric().isEmpty()) {
            warnings.add("greater_is_better has no effect without metric_for_best_model");
        }
        if (given.given(Option.EARLY_STOPPING_THRESHOLD).isPresent() && options.patience() == 0) {
            warnings.add("early_stopping_threshold has no effect without early_stopping_patience");
        }
        if (options.patience() > 0 && !options.loadAtEnd()) {
            warnings.add(
                    "early_stopping_patience without load_best_model_at_end=true: the program goes on with the last"
                            + " model, not with the best");
        }
        return warnings;
    }
}
