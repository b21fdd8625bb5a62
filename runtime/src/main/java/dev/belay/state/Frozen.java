package dev.belay.state;

import java.util.Set;

/**
 * Objects whose fields the JIT compiler believes to be constant: records, lambdas and the JDK's immutable collections. They
 * are never written to once the program can see them: a live one is taken as it is or another is made.
 */
final class Frozen {

    private static final String IMMUTABLE = "java.util.ImmutableCollections$";
    private static final Set<String> LISTS = Set.of(IMMUTABLE + "List12", IMMUTABLE + "ListN", IMMUTABLE + "SubList");
    private static final Set<String> SETS = Set.of(IMMUTABLE + "Set12", IMMUTABLE + "SetN");
    private static final Set<String> MAPS = Set.of(IMMUTABLE + "Map1", IMMUTABLE + "MapN");

    private Frozen() {}

    /** Returns whether fields are saved, but only written to a new object. */
    static boolean is(Class<?> type) {
        return type.isRecord() || type.isHidden() || LISTS.contains(type.getName());
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
