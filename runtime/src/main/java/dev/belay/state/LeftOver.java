package dev.belay.state;

import java.util.function.IntPredicate;

/** The last check of a restore: nothing that was saved may point to a live object which the fresh program lacks. */
final class LeftOver {

    private LeftOver() {}

    static void check(HeapImage image, HeapBinding binding, IntPredicate restored) {
        for (int n = 1; n <= image.nodes().size(); n++) {
            if (!restored.test(n)) {
                continue;
            }
            for (int child : HeapFill.children(image.node(n))) {
                if (child > 0 && binding.live(child) == null) {
                    throw new Unsupported(
                            describe(image.node(n)),
                            "it refers to a " + describe(image.node(child))
                                    + " that the restarted program has not made; create it before the loop");
                }
            }
            if (image.node(n) instanceof HeapNode.Lambda l) {
                checkLambda(l, binding.live(n), binding);
            } else if (image.node(n) instanceof HeapNode.Plain p && Frozen.is(binding.live(n))) {
                checkFixed(p.primitives(), p.references(), binding.live(n), binding, p.type());
            }
        }
    }

    private static void checkLambda(HeapNode.Lambda node, Object live, HeapBinding binding) {
        checkFixed(node.primitives(), node.references(), live, binding, "lambda " + node.type());
    }

    private static void checkFixed(long[] primitives, int[] references, Object live, HeapBinding binding, String what) {
        ClassLayout layout = ClassLayout.of(live.getClass());
        boolean same = java.util.Arrays.equals(primitives, layout.primitives(live));
        for (int i = 0; same && i < references.length; i++) {
            Object saved = references[i] == 0 ? null : binding.live(references[i]);
            Object now = layout.reference(live, i);
            same = saved == now || (saved != null && ObjectPolicy.isValue(saved) && saved.equals(now));
        }
        if (!same) {
            throw new Unsupported(what, "the restarted program made it with other contents, which cannot be changed");
        }
    }

    private static String describe(HeapNode node) {
        if (node instanceof HeapNode.Resource r) {
            return "live " + r.type();
        } else if (node instanceof HeapNode.Lambda l) {
            return "lambda of " + l.type();
        } else if (node instanceof HeapNode.Plain p) {
            return p.type();
        } else if (node instanceof HeapNode.References r) {
            return r.type();
        } else if (node instanceof HeapNode.Matrix m) {
            return m.type();
        }
        return node.getClass().getSimpleName();
    }
}
