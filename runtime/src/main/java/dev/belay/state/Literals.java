package dev.belay.state;

import java.util.HashMap;
import java.util.Map;

/**
 * Makes saved values again. A string that the graph holds once becomes the JVM's own of that text, so that a program
 * which compares with {@code ==} against a literal goes on as before.
 */
final class Literals {

    private static final int MAX_LENGTH = 100;

    private final Map<String, Integer> counts = new HashMap<>();

    Literals(HeapImage image) {
        for (HeapNode node : image.nodes()) {
            if (node instanceof HeapNode.Value v && v.value() instanceof String s && s.length() <= MAX_LENGTH) {
                counts.merge(s, 1, Integer::sum);
            }
        }
    }

    Object of(Object value) {
        return value instanceof String s && counts.getOrDefault(s, 0) == 1 ? s.intern() : value;
    }
}
