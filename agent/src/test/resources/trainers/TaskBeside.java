// step=trainers.TaskBeside#step
package trainers;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The first steps leave a task behind that runs for a while. */
public class TaskBeside {
    static long s = 1;

    static void step(int x) {
        s = Pace.mix(s, Pace.step() + x);
    }

    static void linger() {
        try {
            Thread.sleep(300);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public static void main(String[] args) {
        ExecutorService pool = Executors.newSingleThreadExecutor();
        boolean lingers = System.getenv("TRAINERS_LINGER") != null;
        for (int i = 0; i < 12; i++) {
            step(i);
            if (lingers && i < 2) {
                pool.execute(TaskBeside::linger);
            }
        }
        pool.shutdown();
        Pace.result(s);
    }
}
