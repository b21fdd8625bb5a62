package dev.belay.state;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** What a capture has met, by node number, from 1 on. */
final class CapturedGraph {

    private final ObjectPolicy policy;
    private final Map<Object, Integer> numbers;
    private final List<Object> objects = new ArrayList<>();
    private final List<Treatment> treatments = new ArrayList<>();
    private final List<HeapNode> nodes = new ArrayList<>();
    private final ObjectPaths paths = new ObjectPaths();
    /** Tensors of what live objects hold, by their nodes. */
    private final Map<Integer, String> contents = new HashMap<>();

    /** @param expected how many objects it may become: to grow the table costs more than to fill it */
    CapturedGraph(ObjectPolicy policy, int expected) {
        this.policy = policy;
        this.numbers = new IdentityHashMap<>(expected);
    }

    /** Returns the number of the node that comes next, once it is known where it was met; {@link #add} MUST follow. */
    int place(int parent, int edge, String rootPath) {
        return paths.add(parent, edge, rootPath);
    }

    /** Adds the object of the last {@link #place}; its node may still be absent. */
    void add(Object o, Treatment treatment, int number, HeapNode node) {
        numbers.put(o, number);
        nodes.add(node);
        objects.add(o);
        treatments.add(treatment);
    }

    /** Returns the number of an object, or 0. */
    int number(Object o) {
        Integer number = numbers.get(o);
        return number == null ? 0 : number;
    }

    boolean has(Object o) {
        return numbers.containsKey(o);
    }

    /** Returns all objects with their numbers, by identity. */
    Map<Object, Integer> numbers() {
        return numbers;
    }

    int size() {
        return objects.size();
    }

    Object object(int number) {
        return objects.get(number - 1);
    }

    Treatment treatment(int number) {
        return treatments.get(number - 1);
    }

    HeapNode node(int number) {
        return nodes.get(number - 1);
    }

    /** Returns the nodes; those that are absent may be set. */
    List<HeapNode> nodes() {
        return nodes;
    }

    /** Returns over which edges the objects were met. */
    ObjectPaths paths() {
        return paths;
    }

    /** Returns the tensors of what live objects hold, by their nodes. */
    Map<Integer, String> contents() {
        return contents;
    }

    String path(int number) {
        return paths.of(number, this::edgeName);
    }

    private String edgeName(int parent, int edge) {
        Object holder = object(parent);
        return switch (treatment(parent).kind()) {
            case REFERENCES, IMMUTABLE -> "[" + edge + "]";
            case REBUILT -> edge % 2 == 0 ? ".key" : "[" + holder.getClass().getSimpleName() + "]";
            case RESOURCE -> "." + policy.resourceLayout(holder.getClass()).referenceName(edge);
            default -> "." + ClassLayout.of(holder.getClass()).referenceName(edge);
        };
    }
}
