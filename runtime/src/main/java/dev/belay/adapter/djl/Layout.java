package dev.belay.adapter.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How a tensor without gaps lies in memory. Which kernel reads it, and so the last bits of a result, may depend on that.
 *
 * @param order the dimensions, outermost first; empty for row-major order
 * @param misaligned bytes between its first element and the multiple of {@link #ALIGNMENT} before
 */
record Layout(List<Integer> order, int misaligned) {

    /** Memory that an engine allocates begins at a multiple of so many bytes. */
    static final int ALIGNMENT = 64;

    static final Layout ROW_MAJOR = new Layout(List.of(), 0);

    /** A tensor whose elements are seen in row-major order. */
    record Dense(NDArray array, boolean made) implements AutoCloseable {
        @Override
        public void close() {
            if (made) {
                array.close();
            }
        }
    }

    /** Returns the layout but for its address; empty if there are gaps, or several elements in one place. */
    static Optional<Layout> of(long[] shape, long[] strides) {
        if (Arrays.stream(shape).anyMatch(n -> n == 0)
                || isDense(shape, strides, IntStream.range(0, shape.length).toArray())) {
            return Optional.of(ROW_MAJOR);
        }
        int[] order = IntStream.range(0, shape.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingLong(d -> -strides[d]).thenComparing(d -> shape[d] == 1))
                .mapToInt(d -> d)
                .toArray();
        return isDense(shape, strides, order)
                ? Optional.of(new Layout(Arrays.stream(order).boxed().toList(), 0))
                : Optional.empty();
    }

    private static boolean isDense(long[] shape, long[] strides, int[] order) {
        long expected = 1;
        for (int i = order.length - 1; i >= 0; i--) {
            if (strides[order[i]] != expected) {
                return false;
            }
            expected *= shape[order[i]];
        }
        return true;
    }

    Layout at(long address) {
        return new Layout(order, (int) (address % ALIGNMENT));
    }

    /** Returns the same memory with the dimensions in their order there. */
    Dense dense(NDArray array) {
        return order.isEmpty() ? new Dense(array, false) : new Dense(array.transpose(axes(order)), true);
    }

    /** Returns a tensor of zeros that lies in memory like this, and has the shape given where it is seen dense. */
    NDArray zeros(NDManager manager, Shape dense, DataType type) {
        if (misaligned == 0 && order.isEmpty()) {
            return manager.zeros(dense, type);
        }
        long before = misaligned / type.getNumOfBytes();
        try (NDArray memory = manager.zeros(new Shape(before + dense.size()), type);
                NDArray part = memory.get(before + ":")) {
            if (order.isEmpty()) {
                return part.reshape(dense);
            }
            try (NDArray inOrder = part.reshape(dense)) {
                List<Integer> back = IntStream.range(0, order.size())
                        .map(order::indexOf)
                        .boxed()
                        .toList();
                return inOrder.transpose(axes(back));
            }
        }
    }

    private static int[] axes(List<Integer> dimensions) {
        return dimensions.stream().mapToInt(d -> d).toArray();
    }

    String text() {
        return misaligned + order.stream().map(d -> "," + d).collect(Collectors.joining());
    }

    static Layout parse(String text) {
        List<Integer> numbers =
                Arrays.stream(text.split(",")).map(Integer::valueOf).toList();
        return new Layout(numbers.subList(1, numbers.size()), numbers.get(0));
    }
}
