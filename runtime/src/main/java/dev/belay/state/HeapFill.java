package dev.belay.state;

import java.lang.reflect.Array;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/** Last pass of a restore: fills all objects; those that they refer to are made as they are met. */
final class HeapFill {

    private static final int[] NONE = {};

    private final HeapImage image;
    private final HeapBinding binding;
    private final HeapObjects objects;
    private final ObjectPolicy policy;
    private final ArrayReader arrays;
    private final LiveContents contents;
    /** Objects that have the identity hash codes of the saved run. */
    private final Map<Object, Boolean> kept = new IdentityHashMap<>();

    private final Map<String, List<Target>> targets = new LinkedHashMap<>();

    /**
     * An array to be filled from a tensor.
     *
     * @param offset of its first element in the tensor, in elements
     */
    record Target(Object array, long offset) {}

    /** Reads a saved tensor into primitive arrays. */
    @FunctionalInterface
    interface ArrayReader {
        void read(String tensor, List<Target> targets);
    }

    HeapFill(
            HeapImage image,
            HeapBinding binding,
            HeapObjects objects,
            ObjectPolicy policy,
            ArrayReader arrays,
            LiveContents contents) {
        this.contents = contents;
        this.image = image;
        this.binding = binding;
        this.objects = objects;
        this.policy = policy;
        this.arrays = arrays;
    }

    /**
     * Fills everything reachable from the nodes that have an object.
     *
     * @param wanted numbers of the nodes that may be filled
     */
    void fill(IntPredicate wanted) {
        BitSet seen = new BitSet();
        ArrayDeque<Integer> work = new ArrayDeque<>();
        for (int n = 1; n <= image.nodes().size(); n++) {
            if (binding.live(n) != null && wanted.test(n)) {
                seen.set(n);
                work.add(n);
            }
        }
        List<Integer> maps = new ArrayList<>();
        targets.clear();
        while (!work.isEmpty()) {
            int number = work.poll();
            fillOne(number);
            for (int child : children(image.node(number))) {
                if (child > 0 && !seen.get(child) && binding.live(child) != null && wanted.test(child)) {
                    seen.set(child);
                    work.add(child);
                }
            }
            if (image.node(number) instanceof HeapNode.Rebuilt || binding.live(number) instanceof HashMap) {
                maps.add(number);
            }
        }
        targets.forEach(arrays::read);
        keepIdentities(wanted);
        maps.forEach(this::rebuild); // last: only now are the keys what they were
    }

    private void keepIdentities(IntPredicate wanted) {
        image.identities().forEach((number, hash) -> {
            Object o = binding.live(number);
            if (o != null && wanted.test(number)) {
                IdentityHashes.set(o, hash);
                kept.put(o, true);
            }
        });
    }

    /** Returns the rows of each tensor that has several, in its order, by their identity hash codes. */
    Map<String, int[]> rows() {
        Map<String, int[]> rows = new HashMap<>();
        targets.forEach((tensor, arrays) -> {
            if (arrays.size() > 1) {
                List<Object> inOrder = arrays.stream()
                        .sorted(Comparator.comparingLong(Target::offset))
                        .map(Target::array)
                        .toList();
                rows.put(tensor, RowOrder.identities(inOrder));
            }
        });
        return rows;
    }

    static int[] children(HeapNode node) {
        if (node instanceof HeapNode.References r) {
            return r.elements();
        } else if (node instanceof HeapNode.Matrix m) {
            return m.others();
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
                targets.computeIfAbsent(p.tensor(), t -> new ArrayList<>()).add(new Target(o, 0));
            } else {
                System.arraycopy(p.elements(), 0, o, 0, p.length());
            }
        } else if (node instanceof HeapNode.Part p) {
            targets.computeIfAbsent(p.tensor(), t -> new ArrayList<>()).add(new Target(o, p.offset()));
        } else if (node instanceof HeapNode.Matrix m) {
            fillMatrix(number, m, (Object[]) o);
        } else if (node instanceof HeapNode.References r) {
            fillArray(r, (Object[]) o);
        } else if (node instanceof HeapNode.Plain p) {
            if (!Frozen.is(o) || objects.isNewFrozen(number)) {
                fillFields(p.primitives(), p.references(), o, ClassLayout.of(o.getClass()));
            }
        } else if (node instanceof HeapNode.Constant c) {
            if (ObjectPolicy.hasState(o)) {
                fillFields(c.primitives(), c.references(), o, ClassLayout.of(o.getClass()));
            }
        } else if (node instanceof HeapNode.Resource r) {
            fillFields(r.primitives(), r.references(), o, policy.resourceLayout(o.getClass()));
            contents.restore(number, o);
        } else if (node instanceof HeapNode.Lambda l) {
            ClassLayout layout = ClassLayout.of(o.getClass());
            if (objects.isNewFrozen(number)) {
                fillFields(l.primitives(), l.references(), o, layout);
            }
            for (int i = 0; i < l.references().length; i++) {
                objects.object(l.references()[i], layout.referenceType(i)); // compared with what it holds in the end
            }
        } else if (node instanceof HeapNode.Rebuilt || node instanceof HeapNode.Immutable) {
            for (int child : children(node)) {
                objects.object(child);
            }
        }
    }

    private void fillMatrix(int number, HeapNode.Matrix node, Object[] array) {
        Class<?> rowType = array.getClass().getComponentType();
        List<Target> rows = targets.computeIfAbsent(node.tensor(), t -> new ArrayList<>());
        for (int i = 0; i < array.length; i++) {
            if (node.isOwn(i)) {
                Object live = binding.row(number, i);
                array[i] = live != null ? live : Array.newInstance(rowType.getComponentType(), node.length());
                rows.add(new Target(array[i], node.offset(i)));
            } else {
                array[i] = objects.object(node.element(i), rowType);
            }
        }
    }

    private void fillArray(HeapNode.References node, Object[] array) {
        Class<?> component = array.getClass().getComponentType();
        for (int i = 0; i < array.length; i++) {
            int element = node.elements()[i];
            Object value = objects.object(element, component);
            if (element == 0 || value != null) {
                array[i] = value;
            }
        }
    }

    private void fillFields(long[] primitives, int[] references, Object holder, ClassLayout layout) {
        layout.putPrimitives(holder, primitives);
        for (int i = 0; i < references.length; i++) {
            Object value = objects.object(references[i], layout.referenceType(i));
            if (references[i] == 0 || value != null) {
                layout.putReference(holder, i, value);
            }
        }
    }

    @SuppressWarnings("unchecked")
    private void rebuild(int number) {
        if (binding.live(number) instanceof HashMap<?, ?> m) {
            HashTables.rehash(m, image.nodes().size(), kept::containsKey);
            return;
        }
        Map<Object, Object> map = (Map<Object, Object>) binding.live(number);
        int[] entries = ((HeapNode.Rebuilt) image.node(number)).entries();
        List<Object> parts = new ArrayList<>();
        for (int entry : entries) {
            parts.add(objects.object(entry));
        }
        if (!(map instanceof IdentityHashMap)) {
            HeapObjects.keys(parts, 2);
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
