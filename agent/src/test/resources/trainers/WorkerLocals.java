// step=trainers.WorkerLocals#step
// refused: WorkerLocals.COUNT: thread 'pool-1-thread-1' has a value of this thread local
package trainers;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A pool's thread counts in a thread local. */
public class WorkerLocals {
    static final ThreadLocal<long[]> COUNT = ThreadLocal.withInitial(() -> new long[1]);
    static long s = 1;

    static void step(ExecutorService pool, int x) throws Exception {
        s = Pace.mix(s, Pace.step() + x + pool.submit(() -> COUNT.get()[0]++).get());
    }

    public static void main(String[] args) throws Exception {
        ExecutorService pool = Executors.newSingleThreadExecutor();
        for (int i = 0; i < 9; i++) {
            step(pool, i);
        }
        pool.shutdown();
        Pace.result(s);
    }
}
