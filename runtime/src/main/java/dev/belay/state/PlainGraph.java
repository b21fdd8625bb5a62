package dev.belay.state;

import java.lang.reflect.Array;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Tells small graphs of plain objects, which can be saved whatever they are, from all others. One use. */
final class PlainGraph {

    private static final int MAX_OBJECTS = 10_000;
    private static final int MAX_BYTES = 1 << 20;

    private final ObjectPolicy policy;
    private final Predicate<Object> saved;
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final ArrayDeque<Object> work = new ArrayDeque<>();
    private long bytes;

    /** @param saved what is saved anyway: nothing behind it is looked at */
    PlainGraph(ObjectPolicy policy, Predicate<Object> saved) {
        this.policy = policy;
        this.saved = saved;
    }

    boolean holds(Object root) {
        add(root);
        while (!work.isEmpty()) {
            if (seen.size() > MAX_OBJECTS || bytes > MAX_BYTES || !addReferences(work.poll())) {
                return false;
            }
        }
        return true;
    }

    private void add(Object o) {
        if (o != null && !saved.test(o) && seen.add(o)) {
            work.add(o);
        }
    }

    private boolean addReferences(Object o) {
        switch (policy.of(o).kind()) {
            case VALUE, TEXT, SINGLETON, CONSTANT, TYPE -> {
                return true;
            }
            case PRIMITIVES ->
                bytes += (long) Array.getLength(o)
                        * ArrayBytes.elementSize(o.getClass().getComponentType());
            case REFERENCES ->
                Arrays.stream((Object[]) o).limit(MAX_OBJECTS + 1).forEach(this::add);
            case PLAIN -> {
                ClassLayout layout = ClassLayout.of(o.getClass());
                for (int i = 0; i < layout.referenceCount(); i++) {
                    add(layout.reference(o, i));
                }
            }
            case REBUILT ->
                ((Map<?, ?>) o).forEach((k, v) -> {
                    add(k);
                    add(v);
                });
            default -> {
                return false; // live objects; immutable sets and maps may be refused
            }
        }
        return true;
    }
}
