package dev.belay.state;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** Notes the sets and maps of a capture that have no order of their own, and refuses those that could not be mended. */
final class OrderCheck {

    private final IntFunction<String> paths;
    private final List<Unordered> found = new ArrayList<>();

    /** @param paths names the path to a node */
    OrderCheck(IntFunction<String> paths) {
        this.paths = paths;
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
        if (!HashTables.differsInEveryJvm(map)) {
            return;
        }
        String refusal = HashTables.refusal(map);
        if (refusal != null) {
            throw new Unsupported(paths.apply(number), refusal);
        } else if (!(map instanceof LinkedHashMap)) {
            note(HashTables.size(map), named, Unordered.Cause.IDENTITY);
        }
    }

    private void note(int elements, int number, Unordered.Cause cause) {
        if (elements > 1) {
            found.add(new Unordered(paths.apply(number), cause));
        }
    }
}
