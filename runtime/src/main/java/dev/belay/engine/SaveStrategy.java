package dev.belay.engine;

import dev.belay.schedule.Trigger;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The option {@code save_strategy}.
 *
 * @param triggers what makes a checkpoint due; empty for {@code no}
 * @param epochRequired whether {@code epoch} was asked for by name
 */
public record SaveStrategy(Set<Trigger> triggers, boolean epochRequired) {

    /** The words that can be joined. */
    public static final List<String> WORDS = List.of("no", "steps", "epoch", "best", "time", "auto");

    public SaveStrategy {
        triggers = Set.copyOf(triggers);
    }

    /** Reads {@link #WORDS}, where {@code no} stands alone. Throws {@link IllegalArgumentException} for others. */
    public static SaveStrategy of(Set<String> words) {
        if (words.isEmpty() || words.contains("no") && words.size() > 1) {
            throw new IllegalArgumentException("no stands alone");
        }
        Set<Trigger> triggers = EnumSet.noneOf(Trigger.class);
        for (String word : words) {
            switch (word) {
                case "no" -> {}
                case "steps" -> triggers.add(Trigger.STEPS);
                case "epoch" -> triggers.add(Trigger.EPOCH);
                case "best" -> triggers.add(Trigger.BEST);
                case "time" -> triggers.add(Trigger.TIME);
                case "auto" -> triggers.add(Trigger.AUTO);
                default -> throw new IllegalArgumentException(word);
            }
        }
        return new SaveStrategy(triggers, words.contains("epoch"));
    }

    /** Returns it with a checkpoint at each new best value of the metric. */
    public SaveStrategy andBest() {
        Set<Trigger> all = EnumSet.of(Trigger.BEST);
        all.addAll(triggers);
        return new SaveStrategy(all, epochRequired);
    }

    /** Returns whether a new best value makes a checkpoint due. */
    public boolean byBest() {
        return triggers.contains(Trigger.BEST);
    }

    /** Returns whether {@code save_steps} has a meaning. */
    public boolean bySteps() {
        return triggers.contains(Trigger.STEPS);
    }

    /** Returns whether {@code save_interval} has a meaning. */
    public boolean byTime() {
        return triggers.contains(Trigger.TIME) || triggers.contains(Trigger.AUTO);
    }
}
