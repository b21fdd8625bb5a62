package dev.belay.state;

import java.lang.reflect.Array;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lists what a program holds before it trains, object by object: all but what an activation below, of the same thread, has
 * told already and what has not changed since. What differs in another run of the same program depends on how it was called.
 */
public final class StartWalk {

    /** Beyond these, values are summed up per root. */
    private static final int MOST_VALUES = 1_000;

    private static final int DEEPEST = 8;
    private static final int LONGEST = 64;
    private static final int LONGEST_TEXT = 200;
    private static final long MOST_OBJECTS = 500_000;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    /**
     * @param way as in {@link StartValue}
     * @param holder as in {@link StartValue}
     */
    private record Visit(Object object, String name, List<Integer> way, StartHolder holder) {}

    private final Told told = new Told();
    private final Map<Object, Boolean> visited = new IdentityHashMap<>();
    private final ArrayDeque<Visit> queue = new ArrayDeque<>();
    private List<StartValue> values = new ArrayList<>();
    private ObjectPolicy policy;
    private String root;
    private boolean isStatic;
    private long sum;
    private boolean summed;
    private int walksLeft;
    private long left = MOST_OBJECTS;

    /** @param walks after how many it is exhausted */
    public StartWalk(int walks) {
        walksLeft = walks;
    }

    /**
     * Begins a walk.
     *
     * @param activations of the thread, from the outermost to the one that is walked
     */
    public void begin(ObjectPolicy with, List<?> activations) {
        walksLeft--;
        policy = with;
        visited.clear();
        values = new ArrayList<>();
        told.begin(activations);
    }

    /** Returns what was found since {@link #begin}. */
    public List<StartValue> values() {
        return values;
    }

    /** Returns whether there was more than can be looked through at a program's start. */
    public boolean exhausted() {
        return left <= 0 || walksLeft <= 0;
    }

    public void local(String name, String readable, Object value) {
        walk(name, false, readable, value);
    }

    /** Adds the static fields of those classes that are initialised. */
    public void statics(List<Class<?>> classes) {
        for (Class<?> type : classes) {
            StaticField.of(type).forEach(f -> walk(f.name(), true, f.readable(), f.get()));
        }
    }

    private void walk(String from, boolean ofStatic, String name, Object value) {
        root = from;
        isStatic = ofStatic;
        sum = 0;
        summed = false;
        queue.add(new Visit(value, name, List.of(), null));
        while (!queue.isEmpty() && left > 0) {
            visit(queue.poll());
        }
        queue.clear();
        if (summed) {
            values.add(new StartValue(name + " and more", Long.toHexString(sum), root, isStatic, null, -1, null, null));
        }
    }

    private void visit(Visit v) {
        left--;
        Object o = v.object();
        if (o == null) {
            found(v, "null", null);
            return;
        }
        Treatment.Kind kind = policy.of(o).kind();
        switch (kind) {
            case VALUE -> found(v, text(o), o);
            case CONSTANT -> found(v, ((Enum<?>) o).name(), null);
            case TYPE -> found(v, ((Class<?>) o).getName(), null);
            case TEXT -> found(v, TextValues.of(o).orElseThrow().text(), null);
            default -> {
                if (visited.put(o, true) == null) {
                    object(v, o, kind);
                }
            }
        }
    }

    private void object(Visit v, Object o, Treatment.Kind kind) {
        if (kind == Treatment.Kind.PRIMITIVES) {
            long hash = hash(o);
            if (told.isNews(o, hash)) {
                String type = o.getClass().getComponentType() + "[" + Array.getLength(o) + "] ";
                found(itself(v), type + Long.toHexString(hash), null);
            }
        } else if (o instanceof Object[] array) {
            boolean few = array.length <= LONGEST;
            List<Visit> elements = new ArrayList<>();
            for (int i = 0; i < array.length; i++) {
                List<Integer> way = few ? with(v.way(), i) : null;
                elements.add(new Visit(array[i], v.name() + "[" + i + "]", way, StartHolder.of(array)));
            }
            if (go(o, array.length, elements)) {
                found(itself(v), "[" + array.length + "]", null);
            }
        } else if (o instanceof Map<?, ?> map && ObjectPolicy.isJdk(o.getClass())) {
            entries(v, map);
        } else if (kind == Treatment.Kind.PLAIN || kind == Treatment.Kind.LAMBDA) {
            fields(v, o, ClassLayout.of(o.getClass()));
        } else if (kind == Treatment.Kind.RESOURCE) {
            fields(v, o, policy.resourceLayout(o.getClass()));
        }
    }

    private static Visit itself(Visit array) {
        return new Visit(array.object(), array.name(), array.way(), StartHolder.of(array.object()));
    }

    private void entries(Visit v, Map<?, ?> map) {
        StartHolder any = StartHolder.of(map);
        List<Visit> entries = new ArrayList<>();
        long keys = map.size();
        for (Map.Entry<?, ?> e : map.entrySet()) {
            boolean plain = e.getKey() != null && ObjectPolicy.isValue(e.getKey());
            if (plain) {
                keys += text(e.getKey()).hashCode();
            } else {
                entries.add(new Visit(e.getKey(), v.name() + ".key", null, any));
            }
            StartHolder holder = plain ? new StartHolder(any.type(), e.getKey()) : any;
            entries.add(new Visit(e.getValue(), v.name() + "[" + (plain ? e.getKey() : "") + "]", null, holder));
        }
        go(map, keys, entries);
    }

    private void fields(Visit v, Object o, ClassLayout layout) {
        StartHolder holder = StartHolder.of(o);
        List<Visit> references = new ArrayList<>();
        for (int i = 0; i < layout.referenceCount(); i++) {
            String name = v.name() + "." + layout.referenceName(i);
            references.add(new Visit(layout.reference(o, i), name, with(v.way(), i), holder));
        }
        long[] bits = layout.primitives(o);
        if (!go(o, Arrays.hashCode(bits), references)) {
            return;
        }
        for (int i = 0; i < bits.length; i++) {
            Object value = Primitives.box(layout.primitiveType(i), bits[i]);
            String name = v.name() + "." + layout.primitiveName(i);
            if (isListed(v.way())) {
                values.add(new StartValue(name, text(value), root, isStatic, v.way(), i, value, holder));
            } else {
                sumUp(name, text(value));
            }
        }
    }

    /** Goes on to what an object refers to; returns whether it is new, or holds something else than before. */
    private boolean go(Object o, long own, List<Visit> references) {
        long hash = own;
        for (Visit r : references) {
            hash = mixed(
                    hash,
                    r.object() == null
                            ? 0
                            : isPlain(r.object()) ? text(r.object()).hashCode() : System.identityHashCode(r.object()));
        }
        boolean news = told.isNews(o, hash);
        for (Visit r : references) {
            if (news || r.object() != null && !isPlain(r.object())) {
                queue.add(r);
            }
        }
        return news;
    }

    private static boolean isPlain(Object o) {
        return ObjectPolicy.isValue(o) || o instanceof Enum || o instanceof Class;
    }

    private boolean isListed(List<Integer> way) {
        return way != null && values.size() < MOST_VALUES;
    }

    private void found(Visit v, String text, Object value) {
        boolean ofStatic = isStatic && v.way() != null && v.way().isEmpty();
        if (ofStatic && !told.isNews(root, text)) {
            return;
        }
        boolean inMap = v.way() == null && v.name().endsWith("]");
        if (isListed(v.way()) || inMap && values.size() < MOST_VALUES) {
            values.add(new StartValue(v.name(), text, root, isStatic, v.way(), -1, value, v.holder()));
        } else {
            sumUp(v.name(), text);
        }
    }

    private void sumUp(String name, String text) {
        summed = true;
        sum = (sum ^ name.hashCode()) * MIX + text.hashCode();
        sum ^= sum >>> 29;
    }

    private static List<Integer> with(List<Integer> way, int next) {
        if (way == null || way.size() >= DEEPEST) {
            return null;
        }
        List<Integer> longer = new ArrayList<>(way);
        longer.add(next);
        return longer;
    }

    /** Returns what a value is, for comparison and for people. */
    static String text(Object value) {
        String text = String.valueOf(value);
        return text.length() <= LONGEST_TEXT
                ? text
                : text.substring(0, LONGEST_TEXT) + "… " + text.length() + " " + Integer.toHexString(text.hashCode());
    }

    private static long hash(Object array) {
        long h = Array.getLength(array);
        if (array instanceof double[] d) {
            for (double x : d) {
                h = mixed(h, Double.doubleToRawLongBits(x));
            }
        } else if (array instanceof float[] f) {
            for (float x : f) {
                h = mixed(h, Float.floatToRawIntBits(x));
            }
        } else if (array instanceof byte[] b) {
            for (byte x : b) {
                h = mixed(h, x);
            }
        } else if (array instanceof int[] n) {
            for (int x : n) {
                h = mixed(h, x);
            }
        } else {
            for (int i = 0; i < Array.getLength(array); i++) {
                h = mixed(h, Primitives.bits(Array.get(array, i)));
            }
        }
        return h;
    }

    private static long mixed(long h, long bits) {
        long x = (h ^ bits) * MIX;
        return x ^ x >>> 32;
    }
}
