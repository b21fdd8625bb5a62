package dev.belay.state;

import java.util.List;
import java.util.Map;

/**
 * What a capture has met, by node number.
 *
 * @param contents tensors of what live objects hold, by their nodes
 */
record CapturedGraph(
        List<Object> objects,
        List<Treatment> treatments,
        List<HeapNode> nodes,
        ObjectPaths paths,
        Map<Integer, String> contents,
        ObjectPaths.EdgeNames edges) {

    Object object(int number) {
        return objects.get(number - 1);
    }

    Treatment treatment(int number) {
        return treatments.get(number - 1);
    }

    HeapNode node(int number) {
        return nodes.get(number - 1);
    }

    String path(int number) {
        return paths.of(number, edges);
    }
}
