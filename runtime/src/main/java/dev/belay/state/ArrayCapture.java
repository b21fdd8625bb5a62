package dev.belay.state;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * Last part of a capture: the arrays of primitives, once it is known which of them there are. The rows of an array of
 * arrays become one tensor; a row that several hold is in the tensor of the first.
 */
final class ArrayCapture {

    /** Smaller arrays are kept in their node: a tensor's header entry would be larger than they are. */
    private static final int SMALL_ARRAY_BYTES = 64;
    /** Beyond this many tensors, only arrays of {@link #LARGE_ARRAY_BYTES} become tensors: headers are bounded. */
    private static final int MANY_TENSORS = 10_000;

    private static final int LARGE_ARRAY_BYTES = 1 << 16;

    private final TensorStage stage;
    private final TensorFile changing;
    private final List<HeapNode> nodes;
    private final IntFunction<Object> objects;
    private final IntFunction<String> paths;
    private final List<Integer> arrays = new ArrayList<>();
    private final List<Integer> holders = new ArrayList<>();

    /**
     * @param changing where arrays that change go
     * @param nodes those captured so far; those of arrays are absent until {@link #finish}
     */
    ArrayCapture(
            TensorStage stage,
            TensorFile changing,
            List<HeapNode> nodes,
            IntFunction<Object> objects,
            IntFunction<String> paths) {
        this.stage = stage;
        this.changing = changing;
        this.nodes = nodes;
        this.objects = objects;
        this.paths = paths;
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

    private static boolean isArray(Object o) {
        return o.getClass().isArray() && o.getClass().getComponentType().isPrimitive();
    }

    /** Copies all arrays and makes their nodes. */
    void finish() {
        for (int holder : holders) {
            rows(holder);
        }
        for (int number : arrays) {
            if (nodes.get(number - 1) == null) {
                nodes.set(number - 1, single(number, objects.apply(number)));
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
        String name = stage.unique(changing, paths.apply(number));
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
        boolean equalLengths = true;
        for (int element : ((HeapNode.References) nodes.get(holder - 1)).elements()) {
            if (element == 0 || nodes.get(element - 1) != null || !seen.add(element)) {
                continue; // it is in the tensor of another holder, or in there twice
            }
            Object row = objects.apply(element);
            if (!isArray(row) || !rows.isEmpty() && rows.get(0).getClass() != row.getClass()) {
                return; // something else than rows is among them
            }
            equalLengths &= rows.isEmpty() || Array.getLength(rows.get(0)) == Array.getLength(row);
            numbers.add(element);
            rows.add(row);
        }
        if (rows.size() > 1) {
            stage(holder, numbers, rows, equalLengths);
        }
    }

    private void stage(int holder, List<Integer> numbers, List<Object> rows, boolean equalLengths) {
        Class<?> type = rows.get(0).getClass();
        Elements elements = new Elements(type.getComponentType(), rows);
        if (isSmall(elements)) {
            return;
        }
        int length = Array.getLength(rows.get(0));
        long[] shape = equalLengths ? new long[] {rows.size(), length} : new long[] {elements.count()};
        String name = stage.unique(changing, paths.apply(holder));
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
