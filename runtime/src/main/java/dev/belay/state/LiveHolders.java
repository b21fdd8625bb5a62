package dev.belay.state;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Looks through all that the live objects of a resumed program hold, whatever a checkpoint has of it: what the resume has
 * replaced by another object MUST NOT be held by those that it leaves as they are.
 */
final class LiveHolders {

    /** Beyond these, it is not known. */
    private static final int MOST_OBJECTS = 1_000_000;

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final ArrayDeque<Object> work = new ArrayDeque<>();

    private final Set<Object> replaced;

    private LiveHolders(Set<Object> replaced) {
        this.replaced = replaced;
    }

    /**
     * @param replaced lambdas that stand in the restored program no more
     * @throws Unsupported if one of the holders, or a thread, leads to one of them
     */
    static void requireNone(Set<Object> replaced, Collection<?> resources, Collection<?> roots) {
        if (replaced.isEmpty()) {
            return;
        }
        LiveHolders holders = new LiveHolders(replaced);
        resources.forEach(holders::add);
        roots.forEach(holders::add);
        Thread.getAllStackTraces().keySet().forEach(holders::add);
        holders.walk();
    }

    private void walk() {
        while (!work.isEmpty()) {
            Object o = work.poll();
            if (replaced.contains(o) || seen.size() > MOST_OBJECTS) {
                String name = Lambdas.stableName(replaced.iterator().next().getClass());
                throw new Unsupported(
                        "lambda " + name,
                        "the restarted program made it with other contents, and a live object holds it that cannot be"
                                + " changed");
            } else if (o instanceof Object[] array) {
                for (Object element : array) {
                    add(element);
                }
            } else {
                ClassLayout layout = ClassLayout.of(o.getClass());
                for (int i = 0; i < layout.referenceCount(); i++) {
                    add(layout.reference(o, i));
                }
            }
        }
    }

    /** Belay's own objects remember what the program held. */
    private void add(Object o) {
        boolean looked = o != null
                && !(o instanceof Class<?> || o instanceof ClassLoader)
                && (replaced.contains(o) || !o.getClass().getName().startsWith("dev.belay."))
                && !(o.getClass().isArray() && o.getClass().getComponentType().isPrimitive());
        if (looked && seen.add(o)) {
            work.add(o);
        }
    }
}
