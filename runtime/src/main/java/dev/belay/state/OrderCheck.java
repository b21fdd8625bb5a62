package dev.belay.state;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;

/** Notes the sets and maps of a capture that have no order of their own, and refuses those that could not be mended. */
final class OrderCheck {

    /** Objects of these kinds are the program's, and all that refers to them is saved. */
    private static final Set<Treatment.Kind> MADE_ANEW =
            EnumSet.of(Treatment.Kind.PLAIN, Treatment.Kind.PRIMITIVES, Treatment.Kind.REFERENCES);

    private final IntFunction<String> paths;
    private final Refusals refusals;
    /** Objects whose identity hash codes tables depend on, with the path to one of these. */
    private final Map<Object, String> identities = new IdentityHashMap<>();

    private final List<Unordered> found = new ArrayList<>();

    /** @param paths names the path to a node */
    OrderCheck(IntFunction<String> paths, Refusals refusals) {
        this.paths = paths;
        this.refusals = refusals;
    }

    List<Unordered> found() {
        return found;
    }

    /**
     * Looks at an object that is about to be captured.
     *
     * @param holder the object that it was met through, or null
     */
    void check(Object o, Treatment.Kind kind, int number, Object holder, int holderNumber) {
        if (kind == Treatment.Kind.IMMUTABLE) {
            int elements = o instanceof Map<?, ?> m ? m.size() : ((Collection<?>) o).size();
            note(elements, number, Unordered.Cause.SALT);
        } else if (kind == Treatment.Kind.REBUILT) {
            note(((Map<?, ?>) o).size(), number, Unordered.Cause.IDENTITY);
        } else if (kind == Treatment.Kind.PLAIN && o instanceof HashMap<?, ?> map) {
            checkTable(map, number, holder instanceof HashSet ? holderNumber : number);
        }
    }

    /** @param named what people know the map as: the set that it is in, if there is one */
    private void checkTable(HashMap<?, ?> map, int number, int named) {
        Optional<List<Object>> keepable = HashTables.keepable(map);
        if (keepable.isPresent() && keepable.get().isEmpty()) {
            return; // no key depends on an identity
        }
        boolean kept = keepable.isPresent() && IdentityHashes.available();
        String refusal = kept ? null : HashTables.refusal(map);
        if (refusal != null) {
            refusals.refuse(new Unsupported(paths.apply(number), refusal));
            return;
        }
        if (kept) {
            String path = paths.apply(number);
            keepable.get().forEach(part -> identities.put(part, path));
        }
        if (!(map instanceof LinkedHashMap)) {
            note(HashTables.size(map), named, Unordered.Cause.IDENTITY);
        }
    }

    /**
     * Returns the identity hash codes that tables depend on, by node.
     *
     * @param numbers the nodes of the captured objects
     * @param kinds how a node was treated
     */
    Map<Integer, Integer> identities(Map<Object, Integer> numbers, IntFunction<Treatment.Kind> kinds) {
        Map<Integer, Integer> byNode = new TreeMap<>();
        identities.forEach((o, map) -> {
            Integer number = numbers.get(o);
            if (number == null || !MADE_ANEW.contains(kinds.apply(number))) {
                refusals.refuse(
                        new Unsupported(
                                map,
                                "the hash code of a key depends on the identity of a "
                                        + o.getClass().getName()
                                        + ", which is not saved; use keys whose hash code depends on strings and numbers only"));
            } else {
                byNode.put(number, System.identityHashCode(o));
            }
        });
        return byNode;
    }

    private void note(int elements, int number, Unordered.Cause cause) {
        if (elements > 1) {
            found.add(new Unordered(paths.apply(number), cause));
        }
    }
}
