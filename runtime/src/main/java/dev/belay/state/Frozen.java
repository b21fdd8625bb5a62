package dev.belay.state;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Plain objects that are never written to once the program can see them: a live one is taken as it is, or another is made.
 * These are objects whose fields the JIT compiler believes to be constant (records, the JDK's immutable collections), and
 * constants of the JDK, which all of the JVM shares: {@code Duration.ZERO}.
 */
final class Frozen {

    private static final String IMMUTABLE = "java.util.ImmutableCollections$";
    private static final Set<String> LISTS = Set.of(IMMUTABLE + "List12", IMMUTABLE + "ListN", IMMUTABLE + "SubList");
    private static final Set<String> SETS = Set.of(IMMUTABLE + "Set12", IMMUTABLE + "SetN");
    private static final Set<String> MAPS = Set.of(IMMUTABLE + "Map1", IMMUTABLE + "MapN");

    /** What the static fields of a class of the JDK hold. */
    private static final ClassValue<Set<Object>> CONSTANTS = new ClassValue<>() {
        @Override
        protected Set<Object> computeValue(Class<?> type) {
            return ObjectPolicy.isJdk(type) ? statics(type) : Set.of();
        }
    };

    private Frozen() {}

    /** Returns whether fields are saved, but only written to a new object. */
    static boolean is(Object live) {
        return is(live.getClass()) || CONSTANTS.get(live.getClass()).contains(live);
    }

    /** Returns whether that is so of all objects of a class. */
    static boolean is(Class<?> type) {
        return type.isRecord() || LISTS.contains(type.getName());
    }

    private static Set<Object> statics(Class<?> type) {
        Set<Object> constants = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Field f : type.getDeclaredFields()) {
            if (Modifier.isStatic(f.getModifiers()) && !f.getType().isPrimitive()) {
                Object held = HeapAccess.reference(HeapAccess.staticBase(f), HeapAccess.staticOffset(f));
                constants.addAll(held instanceof Object[] many ? Arrays.asList(many) : Arrays.asList(held));
            }
        }
        return constants;
    }

    /** Returns whether a class is a set or map whose layout differs in every JVM, so that its elements are saved. */
    static boolean isSalted(String type) {
        return isSet(type) || MAPS.contains(type);
    }

    static boolean isSet(String type) {
        return SETS.contains(type);
    }

    /** Returns whether an object walks over such a set or map. */
    static boolean isPartOfSalted(String type) {
        return !isSalted(type) && (type.startsWith(IMMUTABLE + "Set") || type.startsWith(IMMUTABLE + "Map"));
    }
}
