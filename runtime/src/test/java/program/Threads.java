package program;

/** What a program may make of threads and thread locals. */
public final class Threads {

    private Threads() {}

    /** Holds a thread local that nothing else leads to. */
    public static final class Holder {
        public ThreadLocal<Object> local;
    }

    /** A thread of the program's own. */
    public static final class Worker extends Thread {
        public final long[] weights = {1, 2};
        public Object last;
    }
}
