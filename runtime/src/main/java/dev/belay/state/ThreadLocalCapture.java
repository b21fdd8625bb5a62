package dev.belay.state;

import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The thread locals that a capture met, and the calling thread's values of them: {@link ThreadValues} reads them. */
final class ThreadLocalCapture {

    private final Refusals refusals;
    private final List<ThreadLocal<?>> met = new ArrayList<>();

    ThreadLocalCapture(Refusals refusals) {
        this.refusals = refusals;
    }

    void met(ThreadLocal<?> local) {
        met.add(local);
    }

    /** Adds the values to a capture; those of values that lead to more thread locals, too. */
    void add(HeapCapture capture, Collection<Thread> others) {
        List<Object> set = new ArrayList<>();
        List<Object> unset = new ArrayList<>();
        for (int i = 0; i < met.size(); i++) {
            ThreadLocal<?> local = met.get(i);
            String path = capture.path(local);
            Optional<ThreadLocals.Held> held = ThreadLocals.value(Thread.currentThread(), local);
            refusals.attempt(() -> requireNoValue(path, local, held, others));
            if (held.isEmpty()) {
                unset.add(local);
            } else if (!(held.get().value() instanceof SoftReference)) { // a cache, which may be emptied at any time
                set.add(local);
                set.add(held.get().value());
                capture.local(path + ".value", held.get().value());
            }
        }
        capture.root(ThreadValues.SET, set.toArray());
        capture.root(ThreadValues.UNSET, unset.toArray());
    }

    private static void requireNoValue(
            String path, ThreadLocal<?> local, Optional<ThreadLocals.Held> mine, Collection<Thread> others) {
        for (Thread other : others) {
            boolean lost = ThreadLocals.value(other, local)
                    .map(ThreadLocals.Held::value)
                    .filter(v -> !(v instanceof SoftReference))
                    // what it inherited from this thread it inherits again
                    .filter(v -> mine.isEmpty() || mine.get().value() != v)
                    .isPresent();
            if (lost) {
                throw new Unsupported(
                        path,
                        "thread '" + other.getName() + "' has a value of this thread local, and only those of thread '"
                                + Thread.currentThread().getName()
                                + "', which trains, are saved; remove it before the step ends, or keep it in a field");
            }
        }
    }
}
