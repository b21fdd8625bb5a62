package dev.belay.state;

import java.lang.reflect.Array;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/**
 * First pass of a restore: walks the saved and the live graph in parallel, so that a node takes the live object that
 * stands in its place. A live object belongs to at most one node, and the first to ask gets it.
 */
final class HeapBinding {

    /** A node and the live object in its place. */
    record Pair(int number, Object live) {}

    private final HeapImage image;
    private final ObjectPolicy policy;
    private final TypeResolver types;
    private final LiveContents contents;
    private final MapEntries entries;
    private final Object[] bound;
    private final Map<Integer, Object> candidates = new HashMap<>();
    private final Map<Integer, Object> lambdas = new HashMap<>();
    private final Map<String, Object> lambdasByType = new HashMap<>();
    private final Map<Object, Integer> claimed = new IdentityHashMap<>();
    private final BitSet walkedArrays = new BitSet();
    private final ArrayDeque<Pair> matrices = new ArrayDeque<>();
    private final Map<Integer, Object[]> rows = new HashMap<>();
    private final ArrayDeque<Pair> queue = new ArrayDeque<>();

    HeapBinding(HeapImage image, ObjectPolicy policy, TypeResolver types, LiveContents contents) {
        this.contents = contents;
        this.image = image;
        this.policy = policy;
        this.types = types;
        this.entries = new MapEntries(image);
        this.bound = new Object[image.nodes().size() + 1];
    }

    /** Returns the live object of a node, or null. */
    Object live(int number) {
        return bound[number];
    }

    /** Gives a node an object that was made for it. */
    void adopt(int number, Object made) {
        bound[number] = made;
        claimed.put(made, number);
    }

    /** Binds all that these pairs lead to; the pairs themselves come before anything that one of them leads to. */
    void bind(Iterable<Pair> pairs) {
        pairs.forEach(queue::add);
        while (!queue.isEmpty() || !matrices.isEmpty()) {
            if (queue.isEmpty()) {
                bindRows(matrices.poll()); // last: rows go to whoever else asks for them
                continue;
            }
            Pair next = queue.poll();
            if (next.number > 0 && next.live != null && bound[next.number] == null) {
                bindOne(next.number, next.live);
            }
        }
        new Unchanged(image, this, candidates).adopt();
        candidates.clear();
    }

    /**
     * Returns a live lambda of a node's class, whether it holds what was saved or not; null if there is none: the one in its
     * place, or another one that the same expression made. A reference to a method may be made by several expressions.
     */
    Object lambda(int number) {
        String type = image.node(number).type();
        Object other = type.contains(".lambda$") ? lambdasByType.get(type) : null;
        return lambdas.getOrDefault(number, other);
    }

    /** Returns the live lambdas that stand in the places of others by now. */
    Set<Object> replacedLambdas() {
        Set<Object> replaced = Collections.newSetFromMap(new IdentityHashMap<>());
        lambdas.forEach((number, live) -> {
            if (bound[number] != null && bound[number] != live) {
                replaced.add(live);
            }
        });
        return replaced;
    }

    private void bindOne(int number, Object o) {
        HeapNode node = image.node(number);
        String type = o.getClass().getName();
        if (Singletons.name(o) != null) {
            return; // all of the JVM shares it: it stands for nothing but itself
        } else if (node instanceof HeapNode.Value v) {
            if (v.value().getClass() == o.getClass() && v.value().equals(o)) {
                claim(number, o);
            }
        } else if (node instanceof HeapNode.Text t) {
            if (TextValues.of(o).filter(t::equals).isPresent()) {
                claim(number, o);
            }
        } else if (node instanceof HeapNode.Constant c) {
            bindConstant(number, c);
        } else if (node instanceof HeapNode.Type t) {
            if (o instanceof Class<?> live && live.getName().equals(t.name())) {
                claim(number, o);
            }
        } else if (node instanceof HeapNode.Primitives p) {
            if (type.equals(p.type()) && Array.getLength(o) == p.length()) {
                claim(number, o);
            }
        } else if (node instanceof HeapNode.Part p) {
            if (type.equals(p.type()) && Array.getLength(o) == p.length()) {
                claim(number, o);
            }
        } else if (node instanceof HeapNode.Matrix m) {
            if (type.equals(m.type())) {
                bindMatrix(number, m, (Object[]) o);
            }
        } else if (node instanceof HeapNode.References r) {
            if (type.equals(r.type())) {
                bindArray(number, r, (Object[]) o);
            }
        } else if (node instanceof HeapNode.Lambda l) {
            if (o.getClass().isHidden() && Lambdas.stableName(o.getClass()).equals(l.type())) {
                requireSame(ClassLayout.of(o.getClass()), o, l.signature(), l.primitives(), l.references());
                lambdas.putIfAbsent(number, o);
                lambdasByType.putIfAbsent(l.type(), o);
                bindFields(number, l.references(), o, ClassLayout.of(o.getClass()));
            }
        } else if (type.equals(node.type())) {
            bindObject(number, node, o);
        } else if (node instanceof HeapNode.Immutable i) {
            bindImmutable(number, i, o);
        }
    }

    private void bindObject(int number, HeapNode node, Object o) {
        if (node instanceof HeapNode.Plain p) {
            bindPlain(number, p, o);
        } else if (node instanceof HeapNode.Resource r && contents.fits(number, o)) {
            ClassLayout layout = policy.resourceLayout(o.getClass());
            requireSame(layout, o, r.signature(), r.primitives(), r.references());
            bindFields(number, r.references(), o, layout);
        } else if (node instanceof HeapNode.Rebuilt r && claim(number, o)) {
            pairByKey(r.entries(), (Map<?, ?>) o);
        } else if (node instanceof HeapNode.Immutable i) {
            bindImmutable(number, i, o);
        }
    }

    private void bindPlain(int number, HeapNode.Plain p, Object o) {
        if (MapEntries.isEntry(o.getClass()) && !entries.sameKey(p, o)) {
            return;
        }
        requireSame(ClassLayout.of(o.getClass()), o, p.signature(), p.primitives(), p.references());
        if (MapEntries.isMap(o)) {
            entries.match(p, o).forEach(m -> queue.add(new Pair(m.number(), m.live())));
        }
        bindFields(number, p.references(), o, ClassLayout.of(o.getClass()));
    }

    private void bindImmutable(int number, HeapNode.Immutable node, Object o) {
        if (Frozen.isSalted(o.getClass().getName())
                && Frozen.isSet(o.getClass().getName()) == Frozen.isSet(node.type())
                && claimed.putIfAbsent(o, number) == null) {
            candidates.put(number, o);
            if (o instanceof Map<?, ?> m) {
                pairByKey(node.elements(), m);
            }
        }
    }

    /** The JDK's own maps only: none of the program's code is called. */
    private void pairByKey(int[] saved, Map<?, ?> live) {
        Map<Object, Map.Entry<?, ?>> byName = new HashMap<>();
        for (Map.Entry<?, ?> e : live.entrySet()) {
            Object name = MapEntries.keyName(e.getKey());
            if (name != null) {
                byName.put(name, e);
            }
        }
        for (int i = 0; i < saved.length; i += 2) {
            Map.Entry<?, ?> e = byName.get(entries.keyName(saved[i]));
            if (e != null) {
                queue.add(new Pair(saved[i], e.getKey()));
                queue.add(new Pair(saved[i + 1], e.getValue()));
            }
        }
    }

    Object constant(HeapNode.Constant node) {
        return types.constant(node);
    }

    /** Binds an enum's constant, which needs no live object to lead to it; what it leads to is queued. */
    Object bindConstant(int number, HeapNode.Constant node) {
        Object constant = constant(node);
        ClassLayout layout = ClassLayout.of(constant.getClass());
        if (ObjectPolicy.hasState(constant)) {
            requireSame(layout, constant, node.signature(), node.primitives(), node.references());
            bindFields(number, node.references(), constant, layout);
        } else {
            bound[number] = constant;
        }
        return constant;
    }

    private void bindMatrix(int number, HeapNode.Matrix node, Object[] live) {
        if (live.length == node.count()) {
            claim(number, live);
        }
        if (walkedArrays.get(number)) {
            return;
        }
        walkedArrays.set(number);
        for (int i = 0; i < Math.min(live.length, node.elements().length); i++) {
            if (!node.isOwn(i)) {
                queue.add(new Pair(node.element(i), live[i]));
            }
        }
        matrices.add(new Pair(number, live));
    }

    private void bindRows(Pair matrix) {
        HeapNode.Matrix node = (HeapNode.Matrix) image.node(matrix.number());
        Object[] live = (Object[]) matrix.live();
        Object[] own = new Object[node.count()];
        for (int i = 0; i < Math.min(live.length, own.length); i++) {
            boolean fits = live[i] != null && node.isOwn(i) && Array.getLength(live[i]) == node.length();
            if (fits && claimed.putIfAbsent(live[i], matrix.number()) == null) {
                own[i] = live[i];
            }
        }
        rows.put(matrix.number(), own);
    }

    /** Returns the live row of a matrix, or null. */
    Object row(int number, int i) {
        Object[] own = rows.get(number);
        return own == null ? null : own[i];
    }

    private void bindArray(int number, HeapNode.References node, Object[] live) {
        if (live.length == node.elements().length) {
            claim(number, live);
        }
        if (walkedArrays.get(number)) {
            return;
        }
        walkedArrays.set(number);
        for (int i = 0; i < Math.min(live.length, node.elements().length); i++) {
            queue.add(new Pair(node.elements()[i], live[i]));
        }
    }

    private static void requireSame(
            ClassLayout layout, Object live, String signature, long[] primitives, int[] references) {
        layout.requireSame(live.getClass(), signature, primitives, references);
    }

    private void bindFields(int number, int[] references, Object live, ClassLayout layout) {
        HeapNode node = image.node(number);
        if (node instanceof HeapNode.Lambda || node instanceof HeapNode.Plain && Frozen.is(live)) {
            if (claimed.putIfAbsent(live, number) != null || candidates.putIfAbsent(number, live) != null) {
                return;
            }
        } else if (!claim(number, live)) {
            return;
        }
        for (int i = 0; i < references.length; i++) {
            queue.add(new Pair(references[i], layout.reference(live, i)));
        }
    }

    private boolean claim(int number, Object live) {
        Integer owner = claimed.putIfAbsent(live, number);
        if (owner != null && owner != number) {
            return false;
        }
        bound[number] = live;
        return true;
    }
}
