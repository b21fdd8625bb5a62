package dev.belay.state;

import java.util.List;
import java.util.Map;

/**
 * A saved object graph with its roots.
 *
 * @param frames loop position, outermost activation first
 * @param nodes by number; number 0 is null and absent: {@code nodes.get(n - 1)} is node n
 * @param statics static fields, {@code Class.field} → node
 * @param roots adapters' and the JDK's roots, name → node
 * @param values adapters' small values
 * @param identities node → identity hash code that it MUST get back, as tables depend on it
 */
record HeapImage(
        List<FrameImage> frames,
        List<HeapNode> nodes,
        Map<String, Integer> statics,
        Map<String, Integer> roots,
        Map<String, Object> values,
        Map<Integer, Integer> identities) {

    /** A graph in which no table depends on identities. */
    HeapImage(
            List<FrameImage> frames,
            List<HeapNode> nodes,
            Map<String, Integer> statics,
            Map<String, Integer> roots,
            Map<String, Object> values) {
        this(frames, nodes, statics, roots, values, Map.of());
    }

    HeapNode node(int number) {
        return nodes.get(number - 1);
    }

    /** Returns the saved value of a local that is a scalar, or null if it is not. */
    Object scalar(int number) {
        return number > 0 && node(number) instanceof HeapNode.Value v ? v.value() : null;
    }
}
