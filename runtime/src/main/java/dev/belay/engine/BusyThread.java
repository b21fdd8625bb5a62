package dev.belay.engine;

import dev.belay.state.Unsupported;

/** Another thread is inside the program's own code just now, so that no snapshot can be taken: it may be later. */
final class BusyThread extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Unsupported refusal;
    private final boolean soonIdle;

    /** @param soonIdle whether it is only between two states */
    BusyThread(Thread thread, String what, boolean soonIdle) {
        super(name(thread) + " " + what);
        this.soonIdle = soonIdle;
        refusal = new Unsupported(
                name(thread),
                "it " + what + " while " + name(Thread.currentThread())
                        + " trains, and Belay saves one training thread; let it end, or be idle, before the step ends");
    }

    /** Returns how people know a thread: most virtual ones have no name. */
    static String name(Thread thread) {
        return "thread '" + (thread.getName().isEmpty() ? thread.toString() : thread.getName()) + "'";
    }

    boolean soonIdle() {
        return soonIdle;
    }

    /** Returns what is said if it does not become idle. */
    Unsupported refusal() {
        return refusal;
    }
}
