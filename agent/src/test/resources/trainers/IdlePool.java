// step=trainers.IdlePool#step
package trainers;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Each step is computed by a pool that the program keeps, and by a parallel stream; both are idle between the steps. */
public class IdlePool {
    static long s = 1;
    final ExecutorService pool = Executors.newFixedThreadPool(3);

    void step(int x) throws Exception {
        List<Callable<Long>> parts = new ArrayList<>();
        for (int k = 0; k < 6; k++) {
            int part = k;
            parts.add(() -> Pace.mix(s, part));
        }
        long sum = 0;
        for (Future<Long> f : pool.invokeAll(parts)) {
            sum += f.get();
        }
        s = Pace.mix(sum + IntStream.range(0, 1000).parallel().map(i -> i ^ x).sum(), Pace.step());
    }

    public static void main(String[] args) throws Exception {
        IdlePool trainer = new IdlePool();
        for (int i = 0; i < 9; i++) {
            trainer.step(i);
        }
        trainer.pool.shutdown();
        Pace.result(s);
    }
}
