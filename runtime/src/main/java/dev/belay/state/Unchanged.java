package dev.belay.state;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decides which live objects that must not be written to already hold what was saved. Each is assumed to do so until
 * something in it differs; that spreads to those that hold it. Without recursion: a chain of records may be long.
 */
final class Unchanged {

    private final HeapImage image;
    private final HeapBinding binding;
    private final Map<Integer, Object> candidates;
    private final Map<Integer, List<Integer>> holders = new HashMap<>();
    private final Set<Integer> changed = new HashSet<>();

    Unchanged(HeapImage image, HeapBinding binding, Map<Integer, Object> candidates) {
        this.image = image;
        this.binding = binding;
        this.candidates = candidates;
    }

    /** Binds those that are unchanged; the others stay without an object. */
    void adopt() {
        ArrayDeque<Integer> work = new ArrayDeque<>();
        candidates.forEach((number, live) -> {
            if (differs(number, live)) {
                work.add(number);
            }
        });
        while (!work.isEmpty()) {
            int number = work.poll();
            if (changed.add(number)) {
                work.addAll(holders.getOrDefault(number, List.of()));
            }
        }
        candidates.forEach((number, live) -> {
            if (!changed.contains(number)) {
                binding.adopt(number, live);
            }
        });
    }

    private boolean differs(int number, Object live) {
        HeapNode node = image.node(number);
        if (node instanceof HeapNode.Lambda l) {
            return differs(number, l.primitives(), l.references(), live);
        }
        return node instanceof HeapNode.Plain p
                ? differs(number, p.primitives(), p.references(), live)
                : differs(number, (HeapNode.Immutable) node, live);
    }

    private boolean differs(int number, long[] primitives, int[] references, Object live) {
        ClassLayout layout = ClassLayout.of(live.getClass());
        boolean same = Arrays.equals(primitives, layout.primitives(live));
        for (int i = 0; same && i < references.length; i++) {
            same = holds(number, references[i], layout.reference(live, i));
        }
        return !same;
    }

    private boolean differs(int number, HeapNode.Immutable node, Object live) {
        int[] elements = node.elements();
        boolean same;
        if (live instanceof Map<?, ?> map) {
            same = map.size() * 2 == elements.length;
            for (int i = 0; same && i < elements.length; i += 2) {
                Object key = key(elements[i]);
                same = key != null && map.containsKey(key) && holds(number, elements[i + 1], map.get(key));
            }
        } else {
            Set<?> set = (Set<?>) live;
            same = set.size() == elements.length;
            for (int i = 0; same && i < elements.length; i++) {
                Object key = key(elements[i]);
                same = key != null && set.contains(key);
            }
        }
        return !same;
    }

    /** Returns the key in this JVM: the capture takes plain values and objects that hash by identity only. */
    private Object key(int number) {
        Object bound = number == 0 ? null : binding.live(number);
        if (bound == null && number > 0 && image.node(number) instanceof HeapNode.Value v) {
            return v.value();
        } else if (bound == null && number > 0 && image.node(number) instanceof HeapNode.Constant c) {
            return binding.constant(c);
        }
        return bound == null || ObjectPolicy.isValue(bound) || KeyHash.byIdentity(bound) ? bound : null;
    }

    private boolean holds(int holder, int number, Object now) {
        if (number == 0) {
            return now == null;
        } else if (binding.live(number) == null && now != null && candidates.get(number) == now) {
            holders.computeIfAbsent(number, n -> new ArrayList<>()).add(holder);
            return true;
        } else if (image.node(holder) instanceof HeapNode.Lambda && image.node(number) instanceof HeapNode.Value v) {
            return v.value().equals(now); // an argument that was boxed, or a text: equal ones are as good
        }
        return binding.live(number) != null && binding.live(number) == now;
    }
}
