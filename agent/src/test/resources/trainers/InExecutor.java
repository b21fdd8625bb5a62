// step=trainers.InExecutor#step
package trainers;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The loop is in a task of a pool; the main thread waits for its result. */
public class InExecutor {
    static long s = 1;
    final List<Long> history = new ArrayList<>();

    void step(long x) {
        s = Pace.mix(s, Pace.step() + x);
        history.add(s);
    }

    long train(double[] w) {
        long local = 3;
        for (int epoch = 0; epoch < 3; epoch++) {
            for (int i = 0; i < 3; i++) {
                step(local + i);
                local = local * 31 + history.size();
                w[i] += local % 7;
            }
        }
        return local;
    }

    public static void main(String[] args) throws Exception {
        InExecutor trainer = new InExecutor();
        double[] w = new double[3];
        ExecutorService pool = Executors.newSingleThreadExecutor();
        Callable<Long> task = () -> trainer.train(w);
        long result = pool.submit(task).get();
        pool.shutdown();
        Pace.result(s, result, trainer.history, w);
    }
}
