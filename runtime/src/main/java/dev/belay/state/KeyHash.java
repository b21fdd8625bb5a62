package dev.belay.state;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Hash codes of keys, computed without calling the program. Identity hash codes differ in every JVM, and with them those
 * of enums, classes, arrays, and of all that contains one of these.
 */
final class KeyHash {

    private static final ClassValue<Boolean> BY_IDENTITY = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            try {
                Class<?> declaring = type.getMethod("hashCode").getDeclaringClass();
                return declaring == Object.class || declaring == Enum.class;
            } catch (NoSuchMethodException e) {
                throw new AssertionError("every class has hashCode", e);
            }
        }
    };

    /** Containers of the JDK that can be walked without calling anything of the program's. */
    private static final Set<String> CONTAINERS = Set.of(
            "java.util.ArrayList",
            "java.util.LinkedList",
            "java.util.Vector",
            "java.util.Arrays$ArrayList",
            "java.util.HashSet",
            "java.util.LinkedHashSet",
            "java.util.TreeSet",
            "java.util.RegularEnumSet",
            "java.util.HashMap",
            "java.util.LinkedHashMap",
            "java.util.TreeMap",
            "java.util.EnumMap",
            "java.util.ImmutableCollections$List12",
            "java.util.ImmutableCollections$ListN",
            "java.util.ImmutableCollections$Set12",
            "java.util.ImmutableCollections$SetN",
            "java.util.ImmutableCollections$Map1",
            "java.util.ImmutableCollections$MapN");

    private KeyHash() {}

    private static boolean isJdkContainer(Object o) {
        return (o instanceof Collection || o instanceof Map) && ObjectPolicy.isJdk(o.getClass());
    }

    private static boolean isKnownContainer(Object o) {
        return CONTAINERS.contains(o.getClass().getName());
    }

    /** Returns whether a key's hash code is its identity's. */
    static boolean byIdentity(Object key) {
        return key != null && !ObjectPolicy.isValue(key) && BY_IDENTITY.get(key.getClass());
    }

    static boolean differsInEveryJvm(Object key) {
        return differsInEveryJvm(key, o -> false);
    }

    /** @param kept whether an object has the identity hash code that it had in the saved run */
    static boolean differsInEveryJvm(Object key, Predicate<Object> kept) {
        return key != null && !ObjectPolicy.isValue(key) && new Search(kept).finds(key);
    }

    /**
     * Returns the objects among all that a key can reach whose identity hash codes make its own differ; empty if there are
     * others that cannot be kept.
     */
    static Optional<List<Object>> keepable(Object key) {
        if (key == null || ObjectPolicy.isValue(key)) {
            return Optional.of(List.of());
        }
        List<Object> identities = new ArrayList<>();
        Search search = new Search(o -> IdentityHashes.mayBeSet(o) && identities.add(o));
        return search.finds(key) ? Optional.empty() : Optional.of(identities);
    }

    /** Looks for an identity among all that a key can reach. */
    private static final class Search {

        private final Map<Object, Boolean> seen = new IdentityHashMap<>();
        private final ArrayDeque<Object> work = new ArrayDeque<>();
        private final Predicate<Object> kept;
        private boolean unknown;

        Search(Predicate<Object> kept) {
            this.kept = kept;
        }

        boolean finds(Object key) {
            add(key);
            while (!work.isEmpty() && !unknown) {
                Object o = work.poll();
                if (!BY_IDENTITY.get(o.getClass())) {
                    addParts(o);
                } else if (!kept.test(o)) {
                    return true;
                }
            }
            return unknown;
        }

        private void addParts(Object o) {
            if (!isJdkContainer(o)) {
                if (!ObjectPolicy.isJdk(o.getClass()) || o instanceof Map.Entry || o instanceof Optional) {
                    addFields(o);
                } // others of the JDK hash by their values: dates, paths, numbers
            } else if (o.getClass().getName().startsWith("java.util.Collections$")) {
                addFields(o);
            } else if (!isKnownContainer(o)) {
                unknown = true;
            } else if (o instanceof Collection<?> c) {
                c.forEach(this::add);
            } else {
                ((Map<?, ?>) o).forEach((k, v) -> {
                    add(k);
                    add(v);
                });
            }
        }

        private void addFields(Object o) {
            ClassLayout layout = ClassLayout.of(o.getClass());
            for (int i = 0; i < layout.referenceCount(); i++) {
                add(layout.reference(o, i));
            }
        }

        private void add(Object o) {
            if (o != null && !ObjectPolicy.isValue(o) && seen.put(o, true) == null) {
                work.add(o);
            }
        }
    }

    /**
     * Returns the hash code that a key has if its class computes it in the usual way: a record from its components, a
     * collection as its interface says, another class like {@link java.util.Objects#hash} of all its fields.
     */
    static int of(Object key) {
        if (key == null) {
            return 0;
        } else if (byIdentity(key)) {
            return System.identityHashCode(key);
        } else if (key instanceof Record r) {
            return ofRecord(r);
        } else if (!ObjectPolicy.isJdk(key.getClass())) {
            return ofFields(key);
        }
        return ofJdk(key);
    }

    private static int ofJdk(Object key) {
        if (isJdkContainer(key) && !isKnownContainer(key)) {
            return 0; // so that it is no match, and the map is refused
        } else if (key instanceof List<?> l) {
            int hash = 1;
            for (Object element : l) {
                hash = 31 * hash + of(element);
            }
            return hash;
        } else if (key instanceof Set<?> s) {
            return s.stream().mapToInt(KeyHash::of).sum();
        } else if (key instanceof Map<?, ?> m) {
            return m.entrySet().stream()
                    .mapToInt(e -> of(e.getKey()) ^ of(e.getValue()))
                    .sum();
        } else if (key instanceof Map.Entry<?, ?> e) {
            return of(e.getKey()) ^ of(e.getValue());
        } else if (key instanceof Optional<?> o) {
            return of(o.orElse(null));
        }
        return differsInEveryJvm(key) ? 0 : key.hashCode();
    }

    private static int ofRecord(Record record) {
        int hash = 0;
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            hash = 31 * hash + of(field(record, component.getName()));
        }
        return hash;
    }

    private static int ofFields(Object key) {
        int hash = 1;
        for (Field f : key.getClass().getDeclaredFields()) {
            if (!Modifier.isStatic(f.getModifiers()) && !f.isSynthetic()) {
                hash = 31 * hash + of(HeapAccess.get(key, f));
            }
        }
        return hash;
    }

    private static Object field(Object holder, String name) {
        try {
            return HeapAccess.get(holder, holder.getClass().getDeclaredField(name));
        } catch (NoSuchFieldException e) {
            throw new AssertionError("a record has a field for each component", e);
        }
    }
}
