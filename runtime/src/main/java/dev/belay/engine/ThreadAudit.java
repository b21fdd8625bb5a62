package dev.belay.engine;

import dev.belay.state.LiveThreads;
import dev.belay.state.Unsupported;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * Looks at the program's other threads while a snapshot is taken: none of them may be inside the program's own code, or
 * about to be. One that only waits for the training to end is no harm: the fresh program brings it there again.
 */
final class ThreadAudit {

    /** A pool's thread takes a moment from its task's end to the wait for the next one. */
    private static final int TRIES = 5;

    private static final long PAUSE_NANOS = 1_000_000;

    private final Predicate<String> applicationClasses;
    private final Waiting waiting;

    ThreadAudit(ProgramView program) {
        this.applicationClasses = program.applicationClasses();
        this.waiting = new Waiting(program);
    }

    /**
     * Returns the threads that wait for the calling one to end.
     *
     * @throws BusyThread if another thread is inside application code
     * @throws Unsupported if one waits in a loop
     */
    Set<Thread> check() {
        for (int tries = 1; ; tries++) {
            try {
                return look();
            } catch (BusyThread e) {
                if (!e.soonIdle() || tries == TRIES) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private Set<Thread> look() {
        List<Thread> threads = others();
        // before the stacks are looked at: a task that was taken since then is on one of them
        threads.forEach(ThreadAudit::requireNoTasks);
        Map<Thread, StackTraceElement[]> stacks = Thread.getAllStackTraces();
        Set<Thread> waits = new HashSet<>();
        for (Thread t : threads) {
            StackTraceElement[] stack = stacks.get(t);
            if (t.isAlive() && waits(t, stack == null ? t.getStackTrace() : stack)) {
                waits.add(t);
            }
        }
        return waits;
    }

    /**
     * Returns the live threads that would not come back to what they hold: all but the calling one and those that wait for
     * it, which run again what they ran.
     */
    List<Thread> others(Set<Thread> waiting) {
        return others().stream().filter(t -> !waiting.contains(t)).toList();
    }

    private static List<Thread> others() {
        return LiveThreads.all().stream()
                .filter(t -> t != Thread.currentThread() && !(t instanceof OwnThread))
                .toList();
    }

    private static void requireNoTasks(Thread thread) {
        long tasks = LiveThreads.waitingTasks(thread);
        if (tasks > 0) {
            throw new BusyThread(thread, "has " + tasks + " tasks of its pool to run", true);
        }
    }

    private boolean waits(Thread thread, StackTraceElement[] stack) {
        int first = 0;
        while (first < stack.length && !applicationClasses.test(stack[first].getClassName())) {
            first++;
        }
        if (first == stack.length) {
            requireIdle(thread, stack);
            return false;
        }
        String place = stack[first].getClassName() + "." + stack[first].getMethodName() + "("
                + stack[first].getFileName() + ":" + stack[first].getLineNumber() + ")";
        if (Waiting.forWork(stack, first)) {
            return false;
        } else if (!Waiting.forEnd(stack, first)) {
            throw new BusyThread(thread, "is in " + place, false);
        }
        waiting.loop(stack, first).ifPresent(loop -> {
            throw new Unsupported(
                    BusyThread.name(thread),
                    "it waits for other threads in the loop " + loop + ", whose position Belay does not save, while "
                            + BusyThread.name(Thread.currentThread())
                            + " trains; train in the thread that holds that loop");
        });
        return true;
    }

    /** A worker that has just been given a task, or a thread that is being started, is not yet in application code. */
    private void requireIdle(Thread thread, StackTraceElement[] stack) {
        Object pool = LiveThreads.pool(thread);
        boolean task = pool == null
                ? startsApplicationCode(thread)
                : pool instanceof java.util.concurrent.ForkJoinPool
                        ? Waiting.anyMethod(stack, "doExec")
                        : !Waiting.anyMethod(stack, "getTask");
        if (task && !Waiting.forClient(stack)) {
            throw new BusyThread(thread, "is about to begin or end a task", true);
        }
    }

    private boolean startsApplicationCode(Thread thread) {
        return isApplication(thread.getClass())
                || LiveThreads.task(thread)
                        .filter(t -> isApplication(t.getClass()))
                        .isPresent();
    }

    private boolean isApplication(Class<?> type) {
        String name = type.getName();
        int lambda = name.indexOf("$$Lambda");
        return applicationClasses.test(lambda < 0 ? name : name.substring(0, lambda));
    }
}
