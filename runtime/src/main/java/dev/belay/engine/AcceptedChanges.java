package dev.belay.engine;

import java.util.Set;

/**
 * Which changes against the saved run the user accepts.
 *
 * @param all whether it is every one
 * @param names of those accepted otherwise: arguments, locals and fields
 */
public record AcceptedChanges(boolean all, Set<String> names) {

    public static final AcceptedChanges NONE = new AcceptedChanges(false, Set.of());
    public static final AcceptedChanges ALL = new AcceptedChanges(true, Set.of());

    public AcceptedChanges {
        names = Set.copyOf(names);
    }

    boolean none() {
        return !all && names.isEmpty();
    }

    boolean has(String name) {
        return all || names.contains(name);
    }
}
