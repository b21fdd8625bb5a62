package dev.belay.state;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * Entries of the JDK's maps, found in saved and in live memory. A restored map takes its live counterpart's entries by
 * key: where an entry lies in a table says nothing about what it is for.
 */
final class MapEntries {

    private static final Set<String> NODES = Set.of(
            "java.util.HashMap$Node",
            "java.util.HashMap$TreeNode",
            "java.util.LinkedHashMap$Entry",
            "java.util.TreeMap$Entry",
            "java.util.Hashtable$Entry",
            "java.util.concurrent.ConcurrentHashMap$Node",
            "java.util.concurrent.ConcurrentHashMap$TreeNode");
    private static final Set<String> TABLES = Set.of(
            "[Ljava.util.HashMap$Node;",
            "[Ljava.util.Hashtable$Entry;",
            "[Ljava.util.concurrent.ConcurrentHashMap$Node;");
    private static final Set<String> CONTENTS = Set.of("key", "value", "val");
    private static final String BIN = "java.util.concurrent.ConcurrentHashMap$TreeBin";

    /** A node's number and the live node of the same key. */
    record Match(int number, Object live) {}

    private final HeapImage image;

    MapEntries(HeapImage image) {
        this.image = image;
    }

    /** Returns whether a live object is an entry of a JDK map. */
    static boolean isEntry(Class<?> type) {
        return NODES.contains(type.getName());
    }

    static boolean isMap(Object o) {
        return o instanceof HashMap || o instanceof TreeMap || o instanceof Hashtable || o instanceof ConcurrentHashMap;
    }

    /** Returns the keys of a live map without calling it. */
    static List<Object> keys(Object map) {
        return liveEntries(map).stream().map(e -> reference(e, "key")).toList();
    }

    /** Returns the entries that both maps have; entries of a linked map whose keys have no name go by their order. */
    List<Match> match(HeapNode.Plain saved, Object live) {
        Map<Object, Object> byKey = new HashMap<>();
        List<Object> nameless = new ArrayList<>();
        for (Object entry : liveEntries(live)) {
            Object name = keyName(reference(entry, "key"));
            if (name == null) {
                nameless.add(entry);
            } else {
                byKey.put(name, entry);
            }
        }
        List<Match> matches = new ArrayList<>();
        ArrayDeque<Object> inOrder = new ArrayDeque<>(live instanceof LinkedHashMap ? nameless : List.of());
        for (int number : savedEntries(saved, live)) {
            Object name = keyName(savedKey((HeapNode.Plain) image.node(number)));
            Object entry = name == null ? inOrder.poll() : byKey.get(name);
            if (entry != null) {
                matches.add(new Match(number, entry));
            }
        }
        return matches;
    }

    /** Returns whether a saved and a live entry can stand for each other. */
    boolean sameKey(HeapNode.Plain saved, Object live) {
        Object one = keyName(savedKey(saved));
        Object other = keyName(reference(live, "key"));
        return one == null ? other == null : one.equals(other);
    }

    /** Returns what names a key in every JVM: a plain value, an enum constant, a class; null for others. */
    static Object keyName(Object key) {
        if (key == null) {
            return "null key";
        } else if (ObjectPolicy.isValue(key)) {
            return List.of(key);
        } else if (key instanceof Enum<?> e) {
            return List.of(e.getDeclaringClass().getName(), e.name());
        } else if (key instanceof Class<?> c) {
            return List.of("class", c.getName());
        }
        return TextValues.of(key).orElse(null);
    }

    /** Returns the name of a saved key, equal to that of the same live key. */
    static Object keyName(HeapNode key) {
        if (key instanceof HeapNode.Value v) {
            return List.of(v.value());
        } else if (key instanceof HeapNode.Constant c) {
            return List.of(c.type(), c.name());
        } else if (key instanceof HeapNode.Type t) {
            return List.of("class", t.name());
        }
        return key instanceof HeapNode.Text ? key : null;
    }

    Object keyName(int number) {
        return number == 0 ? "null key" : keyName(image.node(number));
    }

    private int savedKey(HeapNode.Plain entry) {
        ClassLayout layout = ClassLayout.of(HashTables.named(entry.type()));
        for (int i = 0; i < Math.min(entry.references().length, layout.referenceCount()); i++) {
            if (layout.referenceName(i).equals("key")) {
                return entry.references()[i];
            }
        }
        throw HeapCodec.damaged("found a map's entry without a key");
    }

    private List<Integer> savedEntries(HeapNode.Plain map, Object live) {
        boolean linked = live instanceof LinkedHashMap;
        List<Integer> entries = new ArrayList<>();
        BitSet seen = new BitSet();
        ArrayDeque<Integer> work = new ArrayDeque<>();
        ClassLayout layout = ClassLayout.of(live.getClass());
        for (int i = 0; i < layout.referenceCount(); i++) {
            if (isStart(layout.referenceName(i), linked)) {
                work.add(map.references()[i]);
            }
        }
        while (!work.isEmpty()) {
            int number = work.poll();
            if (number == 0 || seen.get(number)) {
                continue;
            }
            seen.set(number);
            HeapNode node = image.node(number);
            if (node instanceof HeapNode.References r && TABLES.contains(r.type())) {
                IntStream.of(r.elements()).forEach(work::add);
            } else if (node instanceof HeapNode.Plain p && isLinked(p.type())) {
                if (NODES.contains(p.type())) {
                    entries.add(number);
                }
                ClassLayout inner = ClassLayout.of(HashTables.named(p.type()));
                for (int i = 0; i < Math.min(p.references().length, inner.referenceCount()); i++) {
                    if (isLink(inner.referenceName(i), linked)) {
                        work.add(p.references()[i]);
                    }
                }
            }
        }
        return entries;
    }

    private static List<Object> liveEntries(Object map) {
        boolean linked = map instanceof LinkedHashMap;
        List<Object> entries = new ArrayList<>();
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        ArrayDeque<Object> work = new ArrayDeque<>();
        ClassLayout layout = ClassLayout.of(map.getClass());
        for (int i = 0; i < layout.referenceCount(); i++) {
            if (isStart(layout.referenceName(i), linked)) {
                addAll(work, layout.reference(map, i));
            }
        }
        while (!work.isEmpty()) {
            Object o = work.poll();
            String type = o.getClass().getName();
            if (!seen.add(o)) {
                continue;
            } else if (TABLES.contains(type)) {
                addAll(work, (Object[]) o);
            } else if (isLinked(type)) {
                if (NODES.contains(type)) {
                    entries.add(o);
                }
                ClassLayout inner = ClassLayout.of(o.getClass());
                for (int i = 0; i < inner.referenceCount(); i++) {
                    if (isLink(inner.referenceName(i), linked)) {
                        addAll(work, inner.reference(o, i));
                    }
                }
            }
        }
        return entries;
    }

    private static boolean isLinked(String type) {
        return NODES.contains(type) || type.equals(BIN);
    }

    /** A linked map is walked along its order. */
    private static boolean isStart(String field, boolean linked) {
        return linked ? field.equals("head") : field.equals("table") || field.equals("root");
    }

    private static boolean isLink(String field, boolean linked) {
        return linked ? field.equals("after") : !CONTENTS.contains(field);
    }

    private static void addAll(ArrayDeque<Object> work, Object... objects) {
        for (Object o : objects) {
            if (o != null) {
                work.add(o);
            }
        }
    }

    private static Object reference(Object entry, String field) {
        ClassLayout layout = ClassLayout.of(entry.getClass());
        for (int i = 0; i < layout.referenceCount(); i++) {
            if (layout.referenceName(i).equals(field)) {
                return layout.reference(entry, i);
            }
        }
        throw new LinkageError("this JDK has no " + entry.getClass().getName() + "." + field);
    }
}
