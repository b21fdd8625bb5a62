package dev.belay.state;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Gives locals their saved values before the saved position is reached, so that the code on the way there takes the way
 * of the saved run. Only plain objects: live ones keep what they are until their place is known. What is bound here is
 * forgotten; all is bound and filled again at the saved position.
 */
final class HeapPreview {

    private final HeapImage image;
    private final HeapBinding binding;
    private final HeapObjects objects;
    private final HeapFill fill;

    HeapPreview(
            HeapImage image,
            ObjectPolicy policy,
            TypeResolver types,
            Literals literals,
            HeapFill.ArrayReader arrays,
            LiveContents contents) {
        this.image = image;
        this.binding = new HeapBinding(image, policy, types, contents);
        this.objects = new HeapObjects(image, binding, types, policy, literals, contents);
        this.fill = new HeapFill(image, binding, objects, policy, arrays, contents);
    }

    /**
     * Returns the locals to continue with.
     *
     * @param numbers their nodes; -1 keeps what is live
     */
    Object[] locals(int[] numbers, Object[] live) {
        Object[] locals = live.clone();
        List<HeapBinding.Pair> pairs = new ArrayList<>();
        for (int i = 0; i < numbers.length; i++) {
            if (isPlain(numbers[i])) {
                pairs.add(new HeapBinding.Pair(numbers[i], live[i]));
            }
        }
        binding.bind(pairs);
        for (int i = 0; i < numbers.length; i++) {
            if (isPlain(numbers[i])) {
                locals[i] = objects.object(numbers[i]);
            }
        }
        fill.fill(n -> true);
        return locals;
    }

    boolean isPlain(int root) {
        if (root < 0) {
            return false;
        }
        BitSet seen = new BitSet();
        ArrayDeque<Integer> work = new ArrayDeque<>();
        work.add(root);
        while (!work.isEmpty()) {
            int number = work.poll();
            if (number == 0 || seen.get(number)) {
                continue;
            }
            seen.set(number);
            HeapNode node = image.node(number);
            if (node instanceof HeapNode.Resource || node instanceof HeapNode.Lambda) {
                return false;
            }
            for (int child : HeapFill.children(node)) {
                work.add(child);
            }
        }
        return true;
    }
}
