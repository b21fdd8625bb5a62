package dev.belay.state;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Last part of a capture: the arrays of primitives, once it is known which of them there are. The rows of an array of
 * arrays become one tensor, and so do very many small arrays that are in the same field of a class; a row that several
 * hold is in the tensor of the first.
 */
final class ArrayCapture {

    /** Smaller arrays are kept in their node: a tensor's header entry would be larger than they are. */
    private static final int SMALL_ARRAY_BYTES = 64;
    /** Beyond this many tensors, only arrays of {@link #LARGE_ARRAY_BYTES} become tensors: headers are bounded. */
    private static final int MANY_TENSORS = 10_000;

    private static final int LARGE_ARRAY_BYTES = 1 << 16;
    /** From so many on, nobody looks for each of the arrays in one field of a class by its path. */
    static final int MANY_OF_A_FIELD = 256;

    /** What is known of the nodes. */
    interface Graph {
        Object object(int number);

        String path(int number);

        /** Returns the node of an array that was met already; 0 if it was not. */
        int known(Object array);

        /** Gives an array of primitives a node, as an element of a holder; {@link #met} is told. */
        int number(Object array, int holder, int index);

        /** Returns the field of a plain object that a node was met in; empty if it was met elsewhere. */
        Optional<FieldOf> field(int number);
    }

    /**
     * A field.
     *
     * @param reference its place among the fields of the class that are references
     */
    record FieldOf(Class<?> holder, int reference) {
        String name() {
            return holder.getName() + "." + ClassLayout.of(holder).referenceName(reference);
        }
    }

    /** Whether arrays are too small to be a tensor. */
    @FunctionalInterface
    interface Smallness {
        boolean isSmall(Elements elements);
    }

    private final TensorStage stage;
    private final TensorFile changing;
    private final List<HeapNode> nodes;
    private final Graph graph;
    private final List<Integer> arrays = new ArrayList<>();
    private final List<Integer> holders = new ArrayList<>();
    private final List<Integer> matrices = new ArrayList<>();
    /** Of the first matrices only, and only if somebody asks. */
    private final Set<Object> rowsMet = Collections.newSetFromMap(new IdentityHashMap<>());

    private int lookedUp;

    /**
     * @param changing where arrays that change go
     * @param nodes those captured so far; those of arrays are absent until {@link #finish}
     */
    ArrayCapture(TensorStage stage, TensorFile changing, List<HeapNode> nodes, Graph graph) {
        this.stage = stage;
        this.changing = changing;
        this.nodes = nodes;
        this.graph = graph;
    }

    /** Notes an array of primitives. */
    void met(int number) {
        arrays.add(number);
    }

    /** Notes an array of references: its elements may be rows. */
    void metHolder(int number, Object[] array) {
        for (Object element : array) {
            if (element != null) {
                if (isArray(element)) {
                    holders.add(number);
                }
                return;
            }
        }
    }

    /** Notes an array of arrays of primitives; its node is absent, and its elements have none, until {@link #finish}. */
    void metMatrix(int number) {
        matrices.add(number);
    }

    /** Returns whether an array is saved with an array of arrays that was met. */
    boolean isRow(Object o) {
        if (!isArray(o)) {
            return false;
        }
        for (; lookedUp < matrices.size(); lookedUp++) {
            for (Object row : (Object[]) graph.object(matrices.get(lookedUp))) {
                rowsMet.add(row);
            }
        }
        return rowsMet.contains(o);
    }

    static boolean isMatrix(Class<?> type) {
        Class<?> row = type.getComponentType();
        return row.isArray() && row.getComponentType().isPrimitive();
    }

    private static boolean isArray(Object o) {
        return o.getClass().isArray() && o.getClass().getComponentType().isPrimitive();
    }

    /** Copies all arrays and makes their nodes. */
    void finish() {
        RowSharing sharing = new RowSharing(
                matrices.stream().map(m -> (Object[]) graph.object(m)).toList());
        for (int matrix : matrices) {
            nodes.set(
                    matrix - 1,
                    new MatrixCapture(stage, changing, nodes, graph, sharing, matrix).capture(this::isSmall));
        }
        for (int holder : holders) {
            rows(holder);
        }
        arraysOfFields();
        for (int number : arrays) {
            if (nodes.get(number - 1) == null) {
                nodes.set(number - 1, single(number, graph.object(number)));
            }
        }
    }

    private HeapNode single(int number, Object array) {
        String type = array.getClass().getName();
        int length = Array.getLength(array);
        Elements elements = new Elements(array.getClass().getComponentType(), List.of(array));
        if (isSmall(elements)) {
            return new HeapNode.Primitives(type, length, ArrayBytes.copy(array), null);
        }
        String name = stage.unique(changing, graph.path(number));
        stage.arrays(changing, name, new long[] {length}, elements);
        return new HeapNode.Primitives(type, length, null, name);
    }

    private boolean isSmall(Elements elements) {
        return elements.bytes() < (stage.count() < MANY_TENSORS ? SMALL_ARRAY_BYTES : LARGE_ARRAY_BYTES);
    }

    private void rows(int holder) {
        List<Integer> numbers = new ArrayList<>();
        List<Object> rows = new ArrayList<>();
        Set<Integer> seen = new HashSet<>();
        for (int element : ((HeapNode.References) nodes.get(holder - 1)).elements()) {
            if (element == 0 || nodes.get(element - 1) != null || !seen.add(element)) {
                continue; // it is in the tensor of another holder, or in there twice
            }
            Object row = graph.object(element);
            if (!isArray(row) || !rows.isEmpty() && rows.get(0).getClass() != row.getClass()) {
                return; // something else than rows is among them
            }
            numbers.add(element);
            rows.add(row);
        }
        if (rows.size() > 1) {
            stage(graph.path(holder), numbers, rows);
        }
    }

    /** The samples of a data set, say: they are many, and all of a kind. */
    private void arraysOfFields() {
        Map<Object, List<Integer>> groups = new LinkedHashMap<>();
        for (int number : arrays) {
            Object array = graph.object(number);
            Class<?> component = array.getClass().getComponentType();
            boolean small = (long) Array.getLength(array) * ArrayBytes.elementSize(component) < LARGE_ARRAY_BYTES;
            if (small && nodes.get(number - 1) == null) {
                graph.field(number)
                        .ifPresent(field -> groups.computeIfAbsent(List.of(field, component), f -> new ArrayList<>())
                                .add(number));
            }
        }
        for (List<Integer> numbers : groups.values()) {
            if (numbers.size() >= MANY_OF_A_FIELD) {
                String name = graph.field(numbers.get(0)).orElseThrow().name();
                stage(name, numbers, numbers.stream().map(graph::object).toList());
            }
        }
    }

    private void stage(String wanted, List<Integer> numbers, List<Object> rows) {
        Class<?> type = rows.get(0).getClass();
        Elements elements = new Elements(type.getComponentType(), rows);
        if (isSmall(elements)) {
            return;
        }
        int length = Array.getLength(rows.get(0));
        boolean equalLengths = rows.stream().allMatch(r -> Array.getLength(r) == length);
        long[] shape = equalLengths ? new long[] {rows.size(), length} : new long[] {elements.count()};
        String name = stage.unique(changing, wanted);
        List<Object> written = new ArrayList<>();
        long offset = 0;
        for (int i : stage.arrange(name, rows, elements)) {
            int n = Array.getLength(rows.get(i));
            nodes.set(numbers.get(i) - 1, new HeapNode.Part(type.getName(), n, name, offset));
            written.add(rows.get(i));
            offset += n;
        }
        stage.arrays(changing, name, shape, new Elements(type.getComponentType(), written));
    }
}
