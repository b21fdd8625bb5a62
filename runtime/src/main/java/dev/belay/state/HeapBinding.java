package dev.belay.state;

import java.lang.reflect.Array;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * First pass of a restore: walks the saved and the live graph in parallel, so that a node takes the live object that
 * stands in its place. A live object belongs to at most one node, and the first to ask gets it.
 */
final class HeapBinding {

    private record Pair(int number, Object live) {}

    private final HeapImage image;
    private final ObjectPolicy policy;
    private final Object[] bound;
    private final Map<Integer, Object> records = new HashMap<>();
    private final Map<Object, Integer> claimed = new IdentityHashMap<>();
    private final ArrayDeque<Pair> queue = new ArrayDeque<>();

    HeapBinding(HeapImage image, ObjectPolicy policy) {
        this.image = image;
        this.policy = policy;
        this.bound = new Object[image.nodes().size() + 1];
    }

    /** Returns the live object of a node, or null. */
    Object live(int number) {
        return bound[number];
    }

    /** Returns the live record that stands in a node's place; it is taken only if its contents are the saved ones. */
    Object record(int number) {
        return records.get(number);
    }

    /** Gives a node an object that was made for it. */
    void adopt(int number, Object made) {
        bound[number] = made;
        claimed.put(made, number);
    }

    void bind(int number, Object live) {
        queue.add(new Pair(number, live));
        while (!queue.isEmpty()) {
            Pair next = queue.poll();
            if (next.number > 0 && next.live != null && bound[next.number] == null) {
                bindOne(next.number, next.live);
            }
        }
    }

    private void bindOne(int number, Object o) {
        HeapNode node = image.node(number);
        String type = o.getClass().getName();
        if (node instanceof HeapNode.Value v) {
            if (v.value().equals(o)) {
                bound[number] = o;
            }
        } else if (node instanceof HeapNode.Text t) {
            if (TextValues.of(o).filter(t::equals).isPresent()) {
                bound[number] = o;
            }
        } else if (node instanceof HeapNode.Primitives p) {
            if (type.equals(p.type()) && Array.getLength(o) == p.length()) {
                claim(number, o);
            }
        } else if (node instanceof HeapNode.References r) {
            if (type.equals(r.type())) {
                bindArray(number, r, (Object[]) o);
            }
        } else if (node instanceof HeapNode.Plain p) {
            if (type.equals(p.type())) {
                bindFields(number, p.references(), o, ClassLayout.of(o.getClass()), p.signature());
            }
        } else if (node instanceof HeapNode.Resource r) {
            if (type.equals(r.type())) {
                bindFields(number, r.references(), o, policy.resourceLayout(o.getClass()), r.signature());
            }
        } else if (node instanceof HeapNode.Lambda l) {
            if (o.getClass().isHidden() && Lambdas.stableName(type).equals(l.type())) {
                bindFields(number, l.references(), o, ClassLayout.of(o.getClass()), l.signature());
            }
        } else if (node instanceof HeapNode.Rebuilt r && type.equals(r.type())) {
            claim(number, o);
        }
    }

    private void bindArray(int number, HeapNode.References node, Object[] live) {
        if (live.length == node.elements().length) {
            claim(number, live);
        }
        for (int i = 0; i < Math.min(live.length, node.elements().length); i++) {
            queue.add(new Pair(node.elements()[i], live[i]));
        }
    }

    private void bindFields(int number, int[] references, Object live, ClassLayout layout, String signature) {
        if (signature != null && !signature.equals(layout.signature())) {
            throw new Unsupported(
                    "class " + live.getClass().getName(),
                    "its fields are not those that were saved; resume with the old program");
        }
        if (live.getClass().isRecord()) {
            if (records.putIfAbsent(number, live) != null) {
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
