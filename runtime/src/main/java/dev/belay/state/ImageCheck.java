package dev.belay.state;

import java.util.Collection;

/** Checks that what was read is a graph: later code follows its numbers without asking. */
final class ImageCheck {

    private ImageCheck() {}

    static void check(HeapImage image) {
        int nodes = image.nodes().size();
        image.frames().forEach(f -> check(f, nodes));
        for (HeapNode node : image.nodes()) {
            require(node != null, "no node in the place of one");
            inRange(HeapFill.children(node), 0, nodes);
            if (node instanceof HeapNode.Primitives p) {
                require(p.length() >= 0, "a length below 0");
                ArrayBytes.component(p.type());
            } else if (node instanceof HeapNode.Part p) {
                require(p.length() >= 0 && p.offset() >= 0, "a length or place below 0");
                ArrayBytes.component(p.type());
            } else if (node instanceof HeapNode.Matrix m) {
                check(m);
            } else if (node instanceof HeapNode.Rebuilt r) {
                require(r.entries().length % 2 == 0, "a key without a value");
            } else if (node instanceof HeapNode.Immutable i && i.type().contains("Map")) {
                require(i.elements().length % 2 == 0, "a key without a value");
            }
        }
        inRange(image.statics().values(), nodes);
        inRange(image.roots().values(), nodes);
        inRange(image.identities().keySet().stream().mapToInt(Integer::intValue).toArray(), 1, nodes);
        require(!image.values().containsValue(null), "no value in the place of one");
    }

    private static void check(HeapNode.Matrix m) {
        require(m.count() >= 0 && m.length() > 0, "rows without a length");
        require(m.elements().length == 0 || m.elements().length == m.count(), "other elements than rows");
        require(m.places().length == 0 || m.places().length == m.count(), "other places than rows");
        inRange(m.elements(), HeapNode.Matrix.OWN, Integer.MAX_VALUE);
        inRange(m.places(), 0, Integer.MAX_VALUE);
        require(m.type().startsWith("[["), "rows in something else");
        ArrayBytes.component(m.type().substring(1));
    }

    private static void check(FrameImage frame, int nodes) {
        require(frame.names().size() == frame.locals().length, "a frame with other names than locals");
        require(frame.point() >= 0, "a point below 0");
        inRange(frame.locals(), 0, nodes);
        frame.arrivals().forEach(a -> inRange(a.values(), -1, nodes));
        frame.completed().forEach(c -> check(c.frame(), nodes));
        frame.bodies().forEach(b -> {
            inRange(new int[] {b.result()}, FrameImage.BodyImage.RUNNING, nodes);
            inRange(b.arguments(), 0, nodes);
        });
    }

    private static void inRange(Collection<Integer> numbers, int nodes) {
        inRange(numbers.stream().mapToInt(Integer::intValue).toArray(), 0, nodes);
    }

    private static void inRange(int[] numbers, int least, int most) {
        for (int n : numbers) {
            require(least <= n && n <= most, "the number of no node");
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw HeapCodec.damaged("found " + otherwise);
        }
    }
}
