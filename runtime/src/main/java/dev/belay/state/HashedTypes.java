package dev.belay.state;

import java.util.HashMap;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;

/** JDK objects whose memory depends on hash codes that differ in every JVM: those that plain copies would break. */
final class HashedTypes {

    private static final List<Class<?>> REBUILDABLE =
            List.of(IdentityHashMap.class, ConcurrentHashMap.class, Hashtable.class, WeakHashMap.class);
    private static final List<String> OWNERS = List.of("this$0", "map");
    private static final String OTHER_ORDER =
            "it is half-way through a set or map whose order differs in every JVM; use a LinkedHashMap, LinkedHashSet,"
                    + " EnumMap or TreeMap";

    private HashedTypes() {}

    /** Returns how an object is treated if it is one of these. {@link HashMap}s are plain: their tables are mended. */
    static Optional<Treatment> of(Object o, Class<?> type) {
        if (Frozen.isPartOfSalted(type.getName()) && o instanceof Iterator) {
            return Optional.of(Treatment.refused(OTHER_ORDER));
        } else if (REBUILDABLE.contains(type)) {
            return ofMap((Map<?, ?>) o);
        } else if (isRebuildable(o) && differs((Map<?, ?>) o)) {
            return Optional.of(Treatment.refused(
                    "it extends a JDK map and its keys hash by identity; use the JDK's class itself"));
        } else if (ObjectPolicy.isJdk(type) && type.getName().startsWith("java.util.") && walksUnordered(o)) {
            return Optional.of(Treatment.refused(OTHER_ORDER));
        }
        return Optional.empty();
    }

    private static boolean isRebuildable(Object o) {
        return REBUILDABLE.stream().anyMatch(c -> c.isInstance(o));
    }

    /** The keys of the JDK's own classes are taken from the maps themselves, without calling the program's. */
    private static Optional<Treatment> ofMap(Map<?, ?> map) {
        if (map instanceof WeakHashMap) {
            return Optional.of(ofWeak(map));
        } else if (!differs(map)) {
            return Optional.empty();
        }
        for (Object key : map.keySet()) {
            if (!(map instanceof IdentityHashMap) && KeyHash.differsInEveryJvm(key) && !KeyHash.byIdentity(key)) {
                return Optional.of(Treatment.refused(
                        "the hash code of its key, a " + key.getClass().getName()
                                + ", may differ in every JVM; use a HashMap, or keys whose hash code depends on strings and"
                                + " numbers only"));
            }
        }
        return Optional.of(Treatment.of(Treatment.Kind.REBUILT));
    }

    /** Its entries belong to the garbage collector, so that it can only be filled again. */
    private static Treatment ofWeak(Map<?, ?> map) {
        for (Object key : map.keySet()) {
            if (key != null && !ObjectPolicy.isValue(key) && !KeyHash.byIdentity(key)) {
                return Treatment.refused(
                        "the hash code of its key, a " + key.getClass().getName()
                                + ", is the program's own, so that it cannot be filled again; use a HashMap");
            }
        }
        return Treatment.of(Treatment.Kind.REBUILT);
    }

    private static boolean differs(Map<?, ?> map) {
        if (map instanceof IdentityHashMap) {
            return true;
        }
        return ObjectPolicy.isJdk(map.getClass())
                ? map.keySet().stream().anyMatch(KeyHash::differsInEveryJvm)
                : MapEntries.keys(map).stream().anyMatch(KeyHash::differsInEveryJvm);
    }

    private static boolean walksUnordered(Object o) {
        if (!(o instanceof Iterator || o instanceof java.util.Enumeration || o instanceof java.util.Spliterator)) {
            return false;
        }
        ClassLayout layout = ClassLayout.of(o.getClass());
        for (int i = 0; i < layout.referenceCount(); i++) {
            if (OWNERS.contains(layout.referenceName(i)) && isUnordered(layout.reference(o, i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isUnordered(Object owner) {
        if (owner instanceof HashMap<?, ?> m) {
            return !(owner instanceof LinkedHashMap) && HashTables.differsInEveryJvm(m);
        }
        return owner instanceof Map<?, ?> m && isRebuildable(owner) && differs(m);
    }
}
