// step=trainers.PhasesInExecutor#step
package trainers;

import java.util.concurrent.CompletableFuture;

/** Two phases in a thread of a pool: what the first one wrote is read only by the main thread. */
public class PhasesInExecutor {
    static long s = 1;

    static void step(int x) {
        s = Pace.mix(s, Pace.step() + x);
    }

    static void warmUp(long[] losses, int[] epochs) {
        for (int i = 0; i < 5; i++) {
            step(i);
            losses[i] = s;
            epochs[0]++;
        }
    }

    static void train(long[] weights) {
        for (int i = 0; i < 8; i++) {
            step(i);
            weights[i % 3] ^= s;
        }
    }

    public static void main(String[] args) {
        long[] losses = new long[5];
        int[] epochs = new int[1];
        long[] weights = new long[3];
        CompletableFuture<Void> training = CompletableFuture.runAsync(() -> {
            warmUp(losses, epochs);
            train(weights);
        });
        training.join();
        Pace.result(s, losses, epochs, weights);
    }
}
