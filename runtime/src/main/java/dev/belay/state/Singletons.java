package dev.belay.state;

import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Objects of the JDK that exist once and are compared by identity: a copy of one would break its owner. */
final class Singletons {

    private static final List<String> FIELDS = List.of(
            "java.util.HashSet.PRESENT",
            "java.util.TreeSet.PRESENT",
            "java.util.ArrayList.EMPTY_ELEMENTDATA",
            "java.util.ArrayList.DEFAULTCAPACITY_EMPTY_ELEMENTDATA",
            "java.util.Optional.EMPTY",
            "java.util.OptionalInt.EMPTY",
            "java.util.concurrent.ThreadLocalRandom.instance",
            "java.util.OptionalLong.EMPTY",
            "java.util.OptionalDouble.EMPTY",
            "java.lang.String.CASE_INSENSITIVE_ORDER",
            "java.time.chrono.IsoChronology.INSTANCE",
            "java.util.Collections.EMPTY_LIST",
            "java.util.Collections.EMPTY_SET",
            "java.util.Collections.EMPTY_MAP",
            "java.util.Collections$ReverseComparator.REVERSE_ORDER",
            "java.util.ImmutableCollections.EMPTY",
            "java.util.ImmutableCollections.EMPTY_LIST",
            "java.util.ImmutableCollections.EMPTY_LIST_NULLS",
            "java.util.ImmutableCollections.EMPTY_SET",
            "java.util.ImmutableCollections.EMPTY_MAP");

    private static final Map<Object, String> NAMES = new IdentityHashMap<>();
    private static final Map<String, Object> OBJECTS = new HashMap<>();
    private static final Set<Class<?>> CLASSES = new HashSet<>();

    static {
        for (String field : FIELDS) {
            int dot = field.lastIndexOf('.');
            try {
                Class<?> owner = Class.forName(field.substring(0, dot));
                var f = owner.getDeclaredField(field.substring(dot + 1));
                Object value = HeapAccess.reference(HeapAccess.staticBase(f), HeapAccess.staticOffset(f));
                NAMES.put(value, field);
                CLASSES.add(value.getClass());
                OBJECTS.put(field, value);
            } catch (ReflectiveOperationException e) {
                OBJECTS.remove(field); // this JDK has no such object, so no program holds it
            }
        }
    }

    private Singletons() {}

    static String name(Object o) {
        return NAMES.get(o);
    }

    /** Returns whether an object of exactly this class is one of them. */
    static boolean hasOneOf(Class<?> type) {
        return CLASSES.contains(type);
    }

    static Object named(String name) {
        Object o = OBJECTS.get(name);
        if (o == null) {
            throw new Unsupported(name, "this JDK does not have it; resume on the JDK that saved");
        }
        return o;
    }
}
