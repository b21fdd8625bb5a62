package dev.belay.state;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The tables of {@link HashMap} and its subclasses (so also of the JDK's hash sets), read and written as memory: a
 * program's subclass may override every method.
 */
final class HashTables {

    private static final long TABLE = offset(HashMap.class, "table");
    private static final Class<?> NODE = named("java.util.HashMap$Node");
    private static final Class<?> TREE_NODE = named("java.util.HashMap$TreeNode");
    private static final long HASH = offset(NODE, "hash");
    private static final long KEY = offset(NODE, "key");
    private static final long NEXT = offset(NODE, "next");

    private HashTables() {}

    static Class<?> named(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new LinkageError("this JDK has no " + name, e);
        }
    }

    static long offset(Class<?> type, String field) {
        try {
            return HeapAccess.offset(type.getDeclaredField(field));
        } catch (NoSuchFieldException e) {
            throw new LinkageError("this JDK has no " + type.getName() + "." + field, e);
        }
    }

    static Object key(Object node) {
        return HeapAccess.reference(node, KEY);
    }

    /**
     * Returns the nodes in the table's order.
     *
     * @throws Unsupported if there are more than {@code most}: a chain that a checkpoint made up may have no end
     */
    private static List<Object> nodes(HashMap<?, ?> map, int most) {
        List<Object> nodes = new ArrayList<>();
        Object[] table = (Object[]) HeapAccess.reference(map, TABLE);
        for (int i = 0; table != null && i < table.length; i++) {
            for (Object node = table[i]; node != null; node = HeapAccess.reference(node, NEXT)) {
                nodes.add(node);
                if (nodes.size() > most) {
                    throw HeapCodec.damaged("found a map that has no end");
                }
            }
        }
        return nodes;
    }

    /** Returns how many entries there are, without calling the map. */
    static int size(HashMap<?, ?> map) {
        return nodes(map, Integer.MAX_VALUE).size();
    }

    /** Returns whether the map finds this key in this JVM but a copy of the table would not in another. */
    static boolean differsInEveryJvm(HashMap<?, ?> map) {
        return differInEveryJvm(nodes(map, Integer.MAX_VALUE), o -> false);
    }

    /**
     * Returns the objects whose identity hash codes MUST be kept so that a copy of the table is right in any JVM; empty if
     * there are others that cannot be kept.
     */
    static Optional<List<Object>> keepable(HashMap<?, ?> map) {
        List<Object> all = new ArrayList<>();
        for (Object node : nodes(map, Integer.MAX_VALUE)) {
            Optional<List<Object>> identities = KeyHash.keepable(key(node));
            if (identities.isEmpty()) {
                return identities;
            }
            all.addAll(identities.get());
        }
        return Optional.of(all);
    }

    private static boolean differInEveryJvm(List<Object> nodes, Predicate<Object> kept) {
        for (Object node : nodes) {
            if (KeyHash.differsInEveryJvm(key(node), kept)) {
                return true;
            }
        }
        return false;
    }

    /** Returns why the table of such a map could not be put right again, or null if it can. */
    static String refusal(HashMap<?, ?> map) {
        for (Object node : nodes(map, Integer.MAX_VALUE)) {
            Object key = key(node);
            if (TREE_NODE.isInstance(node)) {
                return "too many of its keys have the same hash code; use a TreeMap";
            } else if (KeyHash.differsInEveryJvm(key) && spread(KeyHash.of(key)) != hash(node)) {
                return "the hash code of its key, a " + key.getClass().getName()
                        + ", may differ in every JVM, and how is not known; use a TreeMap, or keys whose hash code"
                        + " depends on strings and numbers only";
            }
        }
        return null;
    }

    /**
     * Puts nodes into the buckets where this JVM looks for their keys. Nodes, and so iterators, stay the same.
     *
     * @param kept whether an object has the identity hash code that it had in the saved run
     */
    static void rehash(HashMap<?, ?> map, int most, Predicate<Object> kept) {
        List<Object> nodes = nodes(map, most);
        if (!differInEveryJvm(nodes, kept)) {
            return;
        }
        Object[] table = (Object[]) HeapAccess.reference(map, TABLE);
        Object[] tails = new Object[table.length];
        Arrays.fill(table, null);
        for (Object node : nodes) {
            Object key = key(node);
            if (KeyHash.differsInEveryJvm(key, kept)) {
                HeapAccess.putPrimitive(node, HASH, 'I', spread(KeyHash.of(key)));
            }
            int bucket = hash(node) & (table.length - 1);
            HeapAccess.putReference(node, NEXT, null);
            if (tails[bucket] == null) {
                table[bucket] = node;
            } else {
                HeapAccess.putReference(tails[bucket], NEXT, node);
            }
            tails[bucket] = node;
        }
    }

    private static int hash(Object node) {
        return (int) HeapAccess.primitive(node, HASH, 'I');
    }

    private static int spread(int hash) {
        return hash ^ hash >>> 16;
    }
}
