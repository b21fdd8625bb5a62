package dev.belay.state;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;

/**
 * The saved values that the training thread has for the program's thread locals: those that saved state leads to. Kept as
 * two roots of the graph, of which no live object stands in the place.
 */
final class ThreadValues {

    /** An array of thread locals with their values: local, value, local, value … */
    static final String SET = "java.lang.Thread.threadLocals";
    /** An array of thread locals without a value. */
    static final String UNSET = "java.lang.Thread.threadLocals.unset";

    private static final Set<String> WITHOUT_INITIAL_VALUE =
            Set.of(ThreadLocal.class.getName(), InheritableThreadLocal.class.getName());

    private final HeapImage image;
    private final HeapBinding binding;
    private final int[] set;
    private final int[] unset;

    ThreadValues(HeapImage image, HeapBinding binding) {
        this.image = image;
        this.binding = binding;
        this.set = elements(SET);
        this.unset = elements(UNSET);
    }

    static boolean isRoot(String name) {
        return name.equals(SET) || name.equals(UNSET);
    }

    private int[] elements(String root) {
        int number = image.roots().getOrDefault(root, 0);
        return number > 0 && image.node(number) instanceof HeapNode.References r ? r.elements() : new int[0];
    }

    /** Binds the values that the fresh thread has already; one may lead to another thread local. */
    void bind() {
        BitSet done = new BitSet();
        List<HeapBinding.Pair> pairs = new ArrayList<>();
        do {
            binding.bind(pairs);
            pairs.clear();
            for (int i = 0; i < set.length; i += 2) {
                if (!done.get(i) && live(set[i]) != null) {
                    done.set(i);
                    int value = set[i + 1];
                    ThreadLocals.value(Thread.currentThread(), live(set[i]))
                            .ifPresent(held -> pairs.add(new HeapBinding.Pair(value, held.value())));
                }
            }
        } while (!pairs.isEmpty());
    }

    private ThreadLocal<?> live(int number) {
        return number > 0 && binding.live(number) instanceof ThreadLocal<?> local ? local : null;
    }

    /**
     * Makes what is missing, still empty.
     *
     * @param last whether this is the saved position, so that thread locals which the program has not made are made, too
     */
    void make(HeapObjects objects, boolean last) {
        for (int i = 0; i < set.length; i += 2) {
            if (last) {
                objects.object(set[i], ThreadLocal.class);
            }
            if (live(set[i]) != null) {
                objects.object(set[i + 1]);
            }
        }
    }

    /** Gives the calling thread its values, after they were filled. */
    void set(boolean last) {
        for (int i = 0; i < set.length; i += 2) {
            ThreadLocal<?> local = live(set[i]);
            Object value = set[i + 1] == 0 ? null : binding.live(set[i + 1]);
            boolean missing = set[i + 1] != 0 && value == null;
            if (missing && last && !isMadeAgain(set[i], set[i + 1])) {
                throw new Unsupported(
                        "thread local of class " + image.node(set[i]).type(),
                        "its value has no counterpart in the restarted program; set it before the loop");
            } else if (local != null && !missing) {
                ThreadLocals.set(local, value);
            }
        }
        for (int number : unset) {
            if (live(number) != null) {
                ThreadLocals.remove(live(number));
            }
        }
    }

    /** A format holds no training state, and a thread local with an initial value makes it again when it is asked for. */
    private boolean isMadeAgain(int local, int value) {
        return image.node(value) instanceof HeapNode.Resource r
                && r.type().startsWith("java.text.")
                && !WITHOUT_INITIAL_VALUE.contains(image.node(local).type());
    }
}
