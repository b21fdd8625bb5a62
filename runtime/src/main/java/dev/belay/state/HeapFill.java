package dev.belay.state;

import java.lang.reflect.Array;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Second and third pass of a restore: makes the objects that no live one stands for, and fills all of them. */
final class HeapFill {

    private final HeapImage image;
    private final HeapBinding binding;
    private final TypeResolver types;
    private final ObjectPolicy policy;
    private final ArrayReader arrays;
    private final BitSet madeRecords = new BitSet();
    private final BitSet deciding = new BitSet();
    private final BitSet filledRecords = new BitSet();

    /** Reads a saved tensor into a primitive array. */
    @FunctionalInterface
    interface ArrayReader {
        void read(String tensor, Object array);
    }

    HeapFill(HeapImage image, HeapBinding binding, TypeResolver types, ObjectPolicy policy, ArrayReader arrays) {
        this.image = image;
        this.binding = binding;
        this.types = types;
        this.policy = policy;
        this.arrays = arrays;
    }

    /** Fills everything reachable from the nodes that have an object. */
    void fill() {
        BitSet seen = new BitSet();
        ArrayDeque<Integer> work = new ArrayDeque<>();
        for (int n = 1; n <= image.nodes().size(); n++) {
            if (binding.live(n) != null) {
                seen.set(n);
                work.add(n);
            }
        }
        List<Integer> maps = new ArrayList<>();
        while (!work.isEmpty()) {
            int number = work.poll();
            for (int child : children(image.node(number))) {
                if (child > 0 && !seen.get(child) && object(child) != null) {
                    seen.set(child);
                    work.add(child);
                }
            }
            if (image.node(number) instanceof HeapNode.Rebuilt) {
                maps.add(number);
            } else {
                fillOne(number);
            }
        }
        maps.forEach(this::rebuild);
    }

    /** Returns the object of a node; makes it if it can be made; null for a resource that is not there (yet). */
    Object object(int number) {
        if (number == 0) {
            return null;
        }
        Object live = binding.live(number);
        if (live != null) {
            return live;
        }
        Object made = unchangedRecord(number);
        if (made == null) {
            made = make(number, image.node(number));
        }
        if (made != null) {
            binding.adopt(number, made);
        }
        return made;
    }

    /** Records are never written to, so a live one is taken only if it already holds what was saved. */
    private Object unchangedRecord(int number) {
        Object candidate = binding.record(number);
        if (candidate == null || deciding.get(number)) {
            return null;
        }
        deciding.set(number);
        HeapNode.Plain node = (HeapNode.Plain) image.node(number);
        ClassLayout layout = ClassLayout.of(candidate.getClass());
        boolean same = Arrays.equals(node.primitives(), layout.primitives(candidate));
        for (int i = 0; same && i < node.references().length; i++) {
            same = object(node.references()[i]) == layout.reference(candidate, i);
        }
        return same ? candidate : null;
    }

    private Object make(int number, HeapNode node) {
        if (node instanceof HeapNode.Value v) {
            return v.value();
        } else if (node instanceof HeapNode.Text t) {
            return TextValues.parse(t);
        } else if (node instanceof HeapNode.Singleton s) {
            return Singletons.named(s.name());
        } else if (node instanceof HeapNode.Constant c) {
            return constant(c);
        } else if (node instanceof HeapNode.Type t) {
            return types.named(t.name());
        } else if (node instanceof HeapNode.Primitives p) {
            return Array.newInstance(types.named(p.type()).getComponentType(), p.length());
        } else if (node instanceof HeapNode.References r) {
            return Array.newInstance(types.named(r.type()).getComponentType(), r.elements().length);
        } else if (node instanceof HeapNode.Rebuilt r) {
            return emptyMap(r.type());
        } else if (node instanceof HeapNode.Immutable i) {
            return immutable(i);
        } else if (node instanceof HeapNode.Plain p) {
            return allocate(number, p);
        }
        return null;
    }

    private Object constant(HeapNode.Constant c) {
        for (Object constant : types.initialized(c.type()).getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(c.name())) {
                return constant;
            }
        }
        throw new Unsupported(c.type() + "." + c.name(), "the program no longer has it; resume with the old program");
    }

    private Object allocate(int number, HeapNode.Plain node) {
        Class<?> type = types.named(node.type());
        if (!ClassLayout.of(type).signature().equals(node.signature())) {
            throw new Unsupported(
                    "class " + node.type(), "its fields are not those that were saved; resume with the old program");
        }
        try {
            madeRecords.set(number, type.isRecord());
            return HeapAccess.allocate(type);
        } catch (InstantiationException e) {
            throw new Unsupported("class " + node.type(), "it cannot be instantiated; resume with the old program");
        }
    }

    private static Object emptyMap(String type) {
        return switch (type) {
            case "java.util.HashMap" -> new HashMap<>();
            case "java.util.LinkedHashMap" -> new java.util.LinkedHashMap<>();
            case "java.util.IdentityHashMap" -> new java.util.IdentityHashMap<>();
            case "java.util.concurrent.ConcurrentHashMap" -> new java.util.concurrent.ConcurrentHashMap<>();
            case "java.util.Hashtable" -> new java.util.Hashtable<>();
            default -> throw new Unsupported(type, "a map of this class cannot be rebuilt");
        };
    }

    private Object immutable(HeapNode.Immutable node) {
        if (node.type().startsWith("java.util.ImmutableCollections$Set")) {
            return Set.of(Arrays.stream(node.elements()).mapToObj(this::object).toArray());
        }
        List<Map.Entry<Object, Object>> entries = new ArrayList<>();
        for (int i = 0; i < node.elements().length; i += 2) {
            entries.add(Map.entry(object(node.elements()[i]), object(node.elements()[i + 1])));
        }
        return Map.ofEntries(entries.<Map.Entry<Object, Object>>toArray(HeapFill::newEntries));
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Map.Entry<Object, Object>[] newEntries(int n) {
        return new Map.Entry[n];
    }

    static int[] children(HeapNode node) {
        if (node instanceof HeapNode.References r) {
            return r.elements();
        } else if (node instanceof HeapNode.Plain p) {
            return p.references();
        } else if (node instanceof HeapNode.Resource r) {
            return r.references();
        } else if (node instanceof HeapNode.Lambda l) {
            return l.references();
        } else if (node instanceof HeapNode.Rebuilt r) {
            return r.entries();
        } else if (node instanceof HeapNode.Immutable i) {
            return i.elements();
        }
        return new int[0];
    }

    private void fillOne(int number) {
        HeapNode node = image.node(number);
        Object o = binding.live(number);
        if (node instanceof HeapNode.Primitives p) {
            if (p.tensor() != null) {
                arrays.read(p.tensor(), o);
            } else {
                System.arraycopy(p.elements(), 0, o, 0, p.length());
            }
        } else if (node instanceof HeapNode.References r) {
            fillArray(r, (Object[]) o);
        } else if (node instanceof HeapNode.Plain p) {
            if (!o.getClass().isRecord()) {
                fillFields(p.primitives(), p.references(), o, ClassLayout.of(o.getClass()));
            } else if (madeRecords.get(number) && !filledRecords.get(number)) {
                // the JIT trusts a record's fields, so they are written once, before anyone else can see it
                filledRecords.set(number);
                fillFields(p.primitives(), p.references(), o, ClassLayout.of(o.getClass()));
            }
        } else if (node instanceof HeapNode.Resource r) {
            fillFields(r.primitives(), r.references(), o, policy.resourceLayout(o.getClass()));
        }
    }

    private void fillArray(HeapNode.References node, Object[] array) {
        Class<?> component = array.getClass().getComponentType();
        for (int i = 0; i < array.length; i++) {
            Object value = object(node.elements()[i]);
            if (node.elements()[i] == 0 || component.isInstance(value)) {
                array[i] = value;
            } else if (value != null) {
                throw wrongType(value, component);
            }
        }
    }

    private void fillFields(long[] primitives, int[] references, Object holder, ClassLayout layout) {
        layout.putPrimitives(holder, primitives);
        for (int i = 0; i < references.length; i++) {
            Object value = object(references[i]);
            if (references[i] == 0 || layout.referenceType(i).isInstance(value)) {
                layout.putReference(holder, i, value);
            } else if (value != null) {
                throw wrongType(value, layout.referenceType(i));
            }
        }
    }

    private static Unsupported wrongType(Object value, Class<?> declared) {
        return new Unsupported(
                value.getClass().getName(),
                "the checkpoint puts it where the program declares " + declared.getName() + "; it is damaged or foreign");
    }

    @SuppressWarnings("unchecked")
    private void rebuild(int number) {
        Map<Object, Object> map = (Map<Object, Object>) binding.live(number);
        int[] entries = ((HeapNode.Rebuilt) image.node(number)).entries();
        map.clear();
        for (int i = 0; i < entries.length; i += 2) {
            map.put(object(entries[i]), object(entries[i + 1]));
        }
    }
}
