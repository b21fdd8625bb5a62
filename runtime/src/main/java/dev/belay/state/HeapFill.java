package dev.belay.state;

import java.lang.reflect.Array;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Second and third pass of a restore: makes the objects that no live one stands for, and fills all of them. */
final class HeapFill {

    private static final int[] NONE = {};

    private final HeapImage image;
    private final HeapBinding binding;
    private final TypeResolver types;
    private final ObjectPolicy policy;
    private final ArrayReader arrays;
    private final Literals literals;
    private final BitSet madeFrozen = new BitSet();
    private final BitSet making = new BitSet();

    /** Reads a saved tensor into a primitive array. */
    @FunctionalInterface
    interface ArrayReader {
        void read(String tensor, Object array);
    }

    HeapFill(
            HeapImage image,
            HeapBinding binding,
            TypeResolver types,
            ObjectPolicy policy,
            ArrayReader arrays,
            Literals literals) {
        this.image = image;
        this.binding = binding;
        this.types = types;
        this.policy = policy;
        this.arrays = arrays;
        this.literals = literals;
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
            fillOne(number);
            for (int child : children(image.node(number))) {
                if (child > 0 && !seen.get(child) && binding.live(child) != null) {
                    seen.set(child);
                    work.add(child);
                }
            }
            if (image.node(number) instanceof HeapNode.Rebuilt || binding.live(number) instanceof HashMap) {
                maps.add(number);
            }
        }
        maps.forEach(this::rebuild); // last: only now are the keys what they were
    }

    /** Returns the object of a node; makes it if it can be made; null for a resource that is not there (yet). */
    Object object(int number) {
        return reference(number, Object.class);
    }

    /**
     * @param declared what the object will be assigned to; nothing else is made
     */
    private Object object(int number, Class<?> declared) {
        Object live = binding.live(number);
        if (live == null) {
            requireAssignable(image.node(number), declared);
            live = make(number, image.node(number));
            if (live != null && binding.live(number) == null) {
                binding.adopt(number, live);
            }
        }
        if (live != null && !declared.isInstance(live)) {
            throw wrongType(live.getClass().getName(), declared);
        }
        return live;
    }

    private void requireAssignable(HeapNode node, Class<?> declared) {
        boolean hasClass = node instanceof HeapNode.Plain
                || node instanceof HeapNode.Primitives
                || node instanceof HeapNode.References
                || node instanceof HeapNode.Constant;
        if (hasClass && !declared.isAssignableFrom(types.named(node.type()))) {
            throw wrongType(node.type(), declared);
        }
    }

    private Object make(int number, HeapNode node) {
        if (node instanceof HeapNode.Value v) {
            return literals.of(v.value());
        } else if (node instanceof HeapNode.Text t) {
            return TextValues.parse(t);
        } else if (node instanceof HeapNode.Singleton s) {
            return Singletons.named(s.name());
        } else if (node instanceof HeapNode.Constant c) {
            Object constant = binding.bindConstant(number, c);
            binding.bind(List.of());
            return constant;
        } else if (node instanceof HeapNode.Type t) {
            return types.named(t.name());
        } else if (node instanceof HeapNode.Primitives p) {
            return Array.newInstance(ArrayBytes.component(p.type()), p.length());
        } else if (node instanceof HeapNode.References r) {
            return newArray(r);
        } else if (node instanceof HeapNode.Rebuilt r) {
            return emptyMap(r.type());
        } else if (node instanceof HeapNode.Immutable i) {
            return immutable(number, i);
        } else if (node instanceof HeapNode.Plain p) {
            return allocate(number, p);
        }
        return null;
    }

    private Object newArray(HeapNode.References node) {
        Class<?> type = types.named(node.type());
        if (!type.isArray() || type.getComponentType().isPrimitive()) {
            throw HeapCodec.damaged("found the array type " + node.type());
        }
        return Array.newInstance(type.getComponentType(), node.elements().length);
    }

    private Object allocate(int number, HeapNode.Plain node) {
        Class<?> type = types.named(node.type());
        if (!policy.mayMake(type)) {
            throw new Unsupported("class " + node.type(), "the checkpoint asks for a new one, but none was saved as plain"
                    + " data; it is damaged or foreign");
        } else if (!ClassLayout.of(type).signature().equals(node.signature())) {
            throw new Unsupported(
                    "class " + node.type(), "its fields are not those that were saved; resume with the old program");
        }
        try {
            madeFrozen.set(number, Frozen.is(type));
            return HeapAccess.allocate(type);
        } catch (InstantiationException e) {
            throw new Unsupported("class " + node.type(), "it cannot be instantiated; resume with the old program");
        }
    }

    private static Object emptyMap(String type) {
        return switch (type) {
            case "java.util.IdentityHashMap" -> new java.util.IdentityHashMap<>();
            case "java.util.concurrent.ConcurrentHashMap" -> new java.util.concurrent.ConcurrentHashMap<>();
            case "java.util.Hashtable" -> new java.util.Hashtable<>();
            default -> throw new Unsupported(type, "a map of this class cannot be rebuilt");
        };
    }

    private Object immutable(int number, HeapNode.Immutable node) {
        if (making.get(number)) {
            throw HeapCodec.damaged("found an immutable map that holds itself");
        }
        making.set(number);
        List<Object> parts = new ArrayList<>();
        for (int element : node.elements()) {
            parts.add(object(element));
        }
        try {
            if (Frozen.isSet(node.type())) {
                return Set.of(keys(parts, 1));
            }
            keys(parts, 2);
            List<Map.Entry<Object, Object>> entries = new ArrayList<>();
            for (int i = 0; i < parts.size(); i += 2) {
                entries.add(Map.entry(parts.get(i), parts.get(i + 1)));
            }
            return Map.ofEntries(entries.<Map.Entry<Object, Object>>toArray(HeapFill::newEntries));
        } catch (IllegalArgumentException | NullPointerException e) {
            throw HeapCodec.damaged("found an immutable set or map with a key twice or with null");
        }
    }

    /** To be put into a table, a key's hash code is called: it must not be the program's. */
    private static Object[] keys(List<Object> parts, int step) {
        List<Object> keys = new ArrayList<>();
        for (int i = 0; i < parts.size(); i += step) {
            Object key = parts.get(i);
            if (key != null && !ObjectPolicy.isValue(key) && !KeyHash.byIdentity(key)) {
                throw HeapCodec.damaged("found a key of class " + key.getClass().getName());
            }
            keys.add(key);
        }
        return keys.toArray();
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
        } else if (node instanceof HeapNode.Constant c) {
            return c.references();
        }
        return NONE;
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
            if (!Frozen.is(o.getClass()) || madeFrozen.get(number)) {
                fillFields(p.primitives(), p.references(), o, ClassLayout.of(o.getClass()));
            }
        } else if (node instanceof HeapNode.Constant c) {
            if (ObjectPolicy.hasState(o)) {
                fillFields(c.primitives(), c.references(), o, ClassLayout.of(o.getClass()));
            }
        } else if (node instanceof HeapNode.Resource r) {
            fillFields(r.primitives(), r.references(), o, policy.resourceLayout(o.getClass()));
        } else if (node instanceof HeapNode.Lambda l) {
            ClassLayout layout = ClassLayout.of(o.getClass());
            for (int i = 0; i < l.references().length; i++) {
                reference(l.references()[i], layout.referenceType(i)); // compared with what it holds in the end
            }
        } else if (node instanceof HeapNode.Rebuilt || node instanceof HeapNode.Immutable) {
            for (int child : children(node)) {
                object(child);
            }
        }
    }

    private Object reference(int number, Class<?> declared) {
        return number == 0 ? null : object(number, declared);
    }

    private void fillArray(HeapNode.References node, Object[] array) {
        Class<?> component = array.getClass().getComponentType();
        for (int i = 0; i < array.length; i++) {
            int element = node.elements()[i];
            Object value = reference(element, component);
            if (element == 0 || value != null) {
                array[i] = value;
            }
        }
    }

    private void fillFields(long[] primitives, int[] references, Object holder, ClassLayout layout) {
        layout.putPrimitives(holder, primitives);
        for (int i = 0; i < references.length; i++) {
            Object value = reference(references[i], layout.referenceType(i));
            if (references[i] == 0 || value != null) {
                layout.putReference(holder, i, value);
            }
        }
    }

    private static Unsupported wrongType(String found, Class<?> declared) {
        return new Unsupported(
                found,
                "the checkpoint puts it where the program declares " + declared.getName() + "; it is damaged or foreign");
    }

    @SuppressWarnings("unchecked")
    private void rebuild(int number) {
        if (binding.live(number) instanceof HashMap<?, ?> m) {
            HashTables.rehash(m);
            return;
        }
        Map<Object, Object> map = (Map<Object, Object>) binding.live(number);
        int[] entries = ((HeapNode.Rebuilt) image.node(number)).entries();
        List<Object> parts = new ArrayList<>();
        for (int entry : entries) {
            parts.add(object(entry));
        }
        if (!(map instanceof java.util.IdentityHashMap)) {
            keys(parts, 2);
        }
        map.clear();
        try {
            for (int i = 0; i < entries.length; i += 2) {
                map.put(parts.get(i), parts.get(i + 1));
            }
        } catch (NullPointerException e) {
            throw HeapCodec.damaged("found null in a " + map.getClass().getName());
        }
    }
}
