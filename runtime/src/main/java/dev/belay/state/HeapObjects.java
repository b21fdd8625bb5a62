package dev.belay.state;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;

/** Second pass of a restore: makes the objects that no live one stands for, still empty. No constructor runs. */
final class HeapObjects {

    private final HeapImage image;
    private final HeapBinding binding;
    private final TypeResolver types;
    private final ObjectPolicy policy;
    private final Literals literals;
    private final LiveContents contents;
    private final BitSet madeFrozen = new BitSet();
    private final BitSet made = new BitSet();
    private final BitSet making = new BitSet();

    HeapObjects(
            HeapImage image,
            HeapBinding binding,
            TypeResolver types,
            ObjectPolicy policy,
            Literals literals,
            LiveContents contents) {
        this.contents = contents;
        this.image = image;
        this.binding = binding;
        this.types = types;
        this.policy = policy;
        this.literals = literals;
    }

    /** Returns whether a node's object was made here and nobody has seen it yet, so that it may be written to. */
    boolean isNewFrozen(int number) {
        return madeFrozen.get(number);
    }

    /** Returns whether a node's object was made here, and is nobody's but the restore's so far. */
    boolean isNew(int number) {
        return made.get(number);
    }

    /** Returns the object of a node; makes it if it can be made; null for a resource that is not there (yet). */
    Object object(int number) {
        return object(number, Object.class);
    }

    /**
     * @param declared what the object will be assigned to; nothing else is made
     */
    Object object(int number, Class<?> declared) {
        if (number == 0) {
            return null;
        }
        Object live = binding.live(number);
        if (live == null) {
            requireAssignable(image.node(number), declared);
            live = make(number, image.node(number));
            if (live != null && binding.live(number) == null) {
                binding.adopt(number, live);
                made.set(number, !(image.node(number) instanceof HeapNode.Constant));
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
                || node instanceof HeapNode.Part
                || node instanceof HeapNode.Matrix
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
        } else if (node instanceof HeapNode.Part p) {
            return Array.newInstance(ArrayBytes.component(p.type()), p.length());
        } else if (node instanceof HeapNode.References r) {
            return newArray(r.type(), r.elements().length);
        } else if (node instanceof HeapNode.Matrix m) {
            return newArray(m.type(), m.count());
        } else if (node instanceof HeapNode.Rebuilt r) {
            return emptyMap(r.type());
        } else if (node instanceof HeapNode.Immutable i) {
            return immutable(number, i);
        } else if (node instanceof HeapNode.Plain p) {
            return allocate(number, p);
        } else if (node instanceof HeapNode.Lambda) {
            return lambda(number);
        } else if (node instanceof HeapNode.Resource) {
            return contents.make(number);
        }
        return null;
    }

    /** Another one of the same class: what a live one captured cannot be changed any more. */
    private Object lambda(int number) {
        Object other = binding.lambda(number);
        if (other == null) {
            return null; // its class has no name to find it by
        }
        try {
            madeFrozen.set(number);
            return HeapAccess.allocate(other.getClass());
        } catch (InstantiationException e) {
            throw new Unsupported(
                    image.node(number).type(), "this lambda cannot be made again; resume with the old program");
        }
    }

    private Object newArray(String name, int length) {
        Class<?> type = types.named(name);
        if (!type.isArray() || type.getComponentType().isPrimitive()) {
            throw HeapCodec.damaged("found the array type " + name);
        }
        return Array.newInstance(type.getComponentType(), length);
    }

    private Object allocate(int number, HeapNode.Plain node) {
        Class<?> type = types.named(node.type());
        if (!policy.mayMake(type)) {
            throw new Unsupported(
                    "class " + node.type(),
                    "the checkpoint asks for a new one, but none was saved as plain"
                            + " data; it is damaged or foreign");
        }
        ClassLayout.of(type).requireSame(type, node.signature(), node.primitives(), node.references());
        try {
            madeFrozen.set(number, Frozen.is(type));
            Object made = HeapAccess.allocate(type);
            if (made instanceof ThreadLocal<?> local) {
                ThreadLocals.initialize(local);
            }
            return made;
        } catch (InstantiationException e) {
            throw new Unsupported("class " + node.type(), "it cannot be instantiated; resume with the old program");
        }
    }

    private static Object emptyMap(String type) {
        return switch (type) {
            case "java.util.IdentityHashMap" -> new IdentityHashMap<>();
            case "java.util.WeakHashMap" -> new WeakHashMap<>();
            case "java.util.concurrent.ConcurrentHashMap" -> new ConcurrentHashMap<>();
            case "java.util.Hashtable" -> new Hashtable<>();
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
            return Map.ofEntries(entries.<Map.Entry<Object, Object>>toArray(HeapObjects::newEntries));
        } catch (IllegalArgumentException | NullPointerException e) {
            throw HeapCodec.damaged("found an immutable set or map with a key twice or with null");
        }
    }

    /** To be put into a table, a key's hash code is called: it must not be the program's. */
    static Object[] keys(List<Object> parts, int step) {
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

    private static Unsupported wrongType(String found, Class<?> declared) {
        return new Unsupported(
                found,
                "the checkpoint puts it where the program declares " + declared.getName()
                        + "; it is damaged or foreign");
    }
}
