package dev.belay.adapter.djl;

import ai.djl.training.Trainer;
import dev.belay.state.Unsupported;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The trainers that the program has made and not closed, in the order of their birth. */
final class OpenTrainers {

    private final List<WeakReference<Trainer>> born = new ArrayList<>();

    /** Returns whether the trainer is a new one. */
    boolean add(Trainer trainer) {
        return born.stream().noneMatch(w -> w.get() == trainer) && born.add(new WeakReference<>(trainer));
    }

    /** Returns whether the program has made none. */
    boolean none() {
        return born.isEmpty();
    }

    /** Returns them by the prefix of their tensors' names, which is empty for the first. */
    Map<String, Trainer> byPrefix() {
        Map<String, Trainer> open = new LinkedHashMap<>();
        Set<String> names = new LinkedHashSet<>();
        for (WeakReference<Trainer> w : born) {
            Trainer trainer = w.get();
            if (trainer != null && trainer.getManager().isOpen()) {
                String name = trainer.getModel().getName();
                if (!names.add(name)) {
                    throw new Unsupported(
                            "model " + name,
                            "several open trainers train a model of this name; give each model its own name in"
                                    + " Model.newInstance, or close trainers that are done with");
                }
                open.put(open.isEmpty() ? "" : prefix(trainer), trainer);
            }
        }
        return open;
    }

    /** Returns the prefix of the trainer that has this loss. */
    Optional<String> prefixOfLoss(Object loss) {
        boolean first = true;
        for (WeakReference<Trainer> w : born) {
            Trainer trainer = w.get();
            if (trainer != null && trainer.getManager().isOpen()) {
                if (trainer.getLoss() == loss) {
                    return Optional.of(first ? "" : prefix(trainer));
                }
                first = false;
            }
        }
        return Optional.empty();
    }

    private static String prefix(Trainer trainer) {
        return trainer.getModel().getName() + "/";
    }

    /** Returns the names of their models, a line each. */
    String modelNames() {
        return byPrefix().values().stream().map(t -> t.getModel().getName()).collect(Collectors.joining("\n"));
    }
}
