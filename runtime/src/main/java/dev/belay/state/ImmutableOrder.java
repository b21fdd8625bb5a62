package dev.belay.state;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** An order of the elements of {@code Set.of} and {@code Map.of} that does not depend on the JVM, where there is one. */
final class ImmutableOrder {

    private ImmutableOrder() {}

    /**
     * Returns the elements ordered by their values, or by their keys' values; as they are if these are objects.
     *
     * @param elements nodes: elements, or key, value, key, value …
     */
    static int[] of(HeapImage image, String type, int[] elements) {
        int width = type.contains("Map") ? 2 : 1;
        List<Integer> keys = IntStream.range(0, elements.length / width)
                .mapToObj(i -> i * width)
                .toList();
        if (keys.stream().anyMatch(k -> image.scalar(elements[k]) == null)) {
            return elements;
        }
        return keys.stream()
                .sorted(Comparator.comparing(k -> image.node(elements[k]).toString()))
                .flatMapToInt(k -> Arrays.stream(elements, k, k + width))
                .toArray();
    }
}
