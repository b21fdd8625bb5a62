package dev.belay.engine;

import dev.belay.state.Unordered;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Tells once of each set and map whose order differs in every JVM, and of a limited number of them. */
final class OrderWarnings {

    static final int MOST = 8;

    private final Log log;
    private final Set<String> told = new HashSet<>();
    private boolean tooMany;

    OrderWarnings(Log log) {
        this.log = log;
    }

    void tell(List<Unordered> found) {
        for (Unordered u : found) {
            if (told.size() < MOST) {
                if (told.add(u.path())) {
                    log.warn(text(u));
                }
            } else if (!tooMany && !told.contains(u.path())) {
                tooMany = true;
                log.warn(u.path() + " and others, too, have an order that differs in every JVM; no more are named");
            }
        }
    }

    static String text(Unordered unordered) {
        return unordered.path() + ": " + why(unordered.cause());
    }

    private static String why(Unordered.Cause cause) {
        return switch (cause) {
            case IDENTITY ->
                "its order depends on identity hash codes, which differ in every JVM, with any agent; a run that iterates"
                        + " it may not be repeated exactly. Use a LinkedHashMap or LinkedHashSet";
            case SALT ->
                "the order of Set.of, Map.of and their copies differs in every JVM; a run that iterates it may not be"
                        + " repeated exactly. Use a LinkedHashSet or LinkedHashMap";
        };
    }
}
