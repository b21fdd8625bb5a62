// step=trainers.SeveralTrainers#step
// refused: and Belay saves one training thread
package trainers;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Four models are trained at once. */
public class SeveralTrainers {
    private long s;

    SeveralTrainers(long seed) {
        s = seed;
    }

    void step(int x) throws InterruptedException {
        s = Pace.mix(s, x);
        Thread.sleep(2);
    }

    long train() throws InterruptedException {
        for (int i = 0; i < 40; i++) {
            step(i);
        }
        return s;
    }

    public static void main(String[] args) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(4);
        List<Callable<Long>> tasks = new ArrayList<>();
        List<SeveralTrainers> trainers = new ArrayList<>();
        for (int k = 0; k < 4; k++) {
            SeveralTrainers trainer = new SeveralTrainers(k);
            trainers.add(trainer);
            tasks.add(trainer::train);
        }
        pool.invokeAll(tasks);
        pool.shutdown();
        Pace.result(trainers.get(0).s, trainers.get(1).s, trainers.get(2).s, trainers.get(3).s);
    }
}
