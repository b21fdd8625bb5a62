package dev.belay.state;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.stream.Stream;

/** The live threads of this JVM, and what the JDK knows of their work. */
public final class LiveThreads {

    private static final String WORKER = "java.util.concurrent.ThreadPoolExecutor$Worker";
    /** Runs virtual threads, which are looked at themselves. */
    private static final String CARRIER = "jdk.internal.misc.CarrierThread";

    private LiveThreads() {}

    /** Returns all live threads: those of the platform and, where the JDK has them, the virtual ones. */
    public static List<Thread> all() {
        ThreadGroup root = Thread.currentThread().getThreadGroup();
        while (root.getParent() != null) {
            root = root.getParent();
        }
        Thread[] found;
        int count;
        do {
            found = new Thread[2 * root.activeCount() + 16];
            count = root.enumerate(found, true);
        } while (count == found.length);
        List<Thread> all = new ArrayList<>(Arrays.asList(found).subList(0, count));
        all.addAll(Virtual.threads());
        return all;
    }

    /** Returns what a thread was given to run; empty for one that runs its own class's code or has ended. */
    public static Optional<Object> task(Thread thread) {
        return Optional.ofNullable(Fields.task(thread));
    }

    /**
     * Returns how many tasks wait for a thread of the pool that this one works for; 0 for a thread of no pool. Tasks whose
     * time has not come do not count.
     */
    public static long waitingTasks(Thread thread) {
        Object pool = pool(thread);
        if (pool instanceof ForkJoinPool p) {
            return p.getQueuedTaskCount() + p.getQueuedSubmissionCount();
        }
        return pool instanceof ThreadPoolExecutor p && !(pool instanceof ScheduledThreadPoolExecutor)
                ? p.getQueue().size()
                : 0;
    }

    /** Returns the pool that a thread works for, or null. */
    public static Object pool(Thread thread) {
        if (thread instanceof ForkJoinWorkerThread worker) {
            return thread.getClass().getName().equals(CARRIER) ? null : worker.getPool();
        }
        Object task = Fields.task(thread);
        return task != null && task.getClass().getName().equals(WORKER) ? Fields.poolOf(task) : null;
    }

    /** Where the JDK keeps what a thread runs: it differs between 17 and 25. */
    private static final class Fields {

        private static final Field HOLDER = find(Thread.class, "holder");
        private static final Field TASK =
                HOLDER == null ? find(Thread.class, "target") : find(HOLDER.getType(), "task");

        static Object task(Thread thread) {
            Object holder = HOLDER == null ? thread : HeapAccess.get(thread, HOLDER);
            return holder == null ? null : HeapAccess.get(holder, TASK); // a virtual thread has no holder
        }

        static Object poolOf(Object worker) {
            return HeapAccess.get(worker, find(worker.getClass(), "this$0"));
        }

        private static Field find(Class<?> owner, String name) {
            try {
                return owner.getDeclaredField(name);
            } catch (NoSuchFieldException e) {
                if (name.equals("holder")) {
                    return null;
                }
                throw new LinkageError("this JDK keeps threads' tasks elsewhere; use a JDK from 17 to 25", e);
            }
        }
    }

    /** Virtual threads are in no group; the JDK lists them by what started them. */
    private static final class Virtual {

        private static final MethodHandle ROOT;
        private static final MethodHandle THREADS;
        private static final MethodHandle CHILDREN;

        static {
            try {
                MethodHandles.Lookup lookup = HeapAccess.trustedLookup();
                if (Runtime.version().feature() < 21) {
                    ROOT = null;
                    THREADS = null;
                    CHILDREN = null;
                } else {
                    Class<?> container = Class.forName("jdk.internal.vm.ThreadContainer");
                    MethodType stream = MethodType.methodType(Stream.class);
                    ROOT = lookup.findStatic(
                            Class.forName("jdk.internal.vm.ThreadContainers"),
                            "root",
                            MethodType.methodType(container));
                    THREADS = lookup.findVirtual(container, "threads", stream);
                    CHILDREN = lookup.findVirtual(container, "children", stream);
                }
            } catch (ReflectiveOperationException e) {
                throw new LinkageError("this JDK keeps virtual threads elsewhere; use a JDK from 17 to 25", e);
            }
        }

        static List<Thread> threads() {
            List<Thread> found = new ArrayList<>();
            try {
                if (ROOT != null) {
                    collect(ROOT.invoke(), found);
                }
            } catch (Throwable e) {
                throw new LinkageError("cannot list the virtual threads", e);
            }
            return found;
        }

        private static void collect(Object container, List<Thread> found) throws Throwable {
            for (Object t : ((Stream<?>) THREADS.invoke(container)).toArray()) {
                if (t instanceof Thread thread && isVirtual(thread)) {
                    found.add(thread);
                }
            }
            for (Object child : ((Stream<?>) CHILDREN.invoke(container)).toArray()) {
                collect(child, found);
            }
        }

        private static boolean isVirtual(Thread thread) {
            return Fields.HOLDER != null && HeapAccess.get(thread, Fields.HOLDER) == null;
        }
    }
}
