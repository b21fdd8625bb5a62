package dev.belay.engine;

import dev.belay.state.Unsupported;

/** Another thread is inside the program's own code just now, so that no snapshot can be taken: it may be later. */
final class BusyThread extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Unsupported refusal;

    BusyThread(Thread thread, String what) {
        super("thread '" + thread.getName() + "' " + what);
        refusal = new Unsupported(
                "thread '" + thread.getName() + "'",
                "it " + what + " while thread '" + Thread.currentThread().getName()
                        + "' trains, and Belay saves one training thread; let it end, or be idle, before the step ends");
    }

    /** Returns what is said if it does not become idle. */
    Unsupported refusal() {
        return refusal;
    }
}
