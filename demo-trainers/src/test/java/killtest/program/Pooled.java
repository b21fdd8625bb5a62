package killtest.program;

import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Trains in a task of a pool, with a generator in a thread local, while the main thread waits. */
public final class Pooled {

    private static final int STEPS = 2_000;
    private static final ThreadLocal<Random> RANDOM = ThreadLocal.withInitial(() -> new Random(5));

    private Pooled() {}

    public static void main(String[] args) throws ExecutionException, InterruptedException {
        int steps = STEPS * Work.of(args);
        double[] weights = new double[40];
        double[] losses = new double[10];
        ExecutorService pool = Executors.newSingleThreadExecutor();
        double last = pool.submit(() -> {
                    warmUp(losses);
                    return train(weights, steps);
                })
                .get();
        pool.shutdown();
        double sum = 0;
        for (double w : weights) {
            sum = sum * 0.99 + w;
        }
        for (double l : losses) {
            sum = sum * 0.99 + l;
        }
        System.out.println(Result.line(last, sum));
    }

    private static void warmUp(double[] losses) {
        for (int i = 0; i < losses.length; i++) {
            losses[i] = RANDOM.get().nextGaussian();
        }
    }

    private static double train(double[] weights, int steps) throws InterruptedException {
        double last = 0;
        for (int step = 0; step < steps; step++) {
            for (int k = 0; k < weights.length; k++) {
                weights[k] += RANDOM.get().nextGaussian() / (1 + step);
            }
            last = weights[step % weights.length];
            Thread.sleep(2);
        }
        return last;
    }
}
