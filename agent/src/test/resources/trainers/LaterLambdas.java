// step=trainers.LaterLambdas#step
package trainers;

import java.util.ArrayList;
import java.util.List;

/** A loop that makes lambdas, and another one that runs them. */
public final class LaterLambdas {
    private static long s = 1;

    public static void main(String[] args) {
        List<Runnable> tasks = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int from = i;
            tasks.add(() -> train(from));
        }
        List<Runnable> steps = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            int by = i + 5;
            steps.add(() -> step(by));
        }
        for (int e = 0; e < 2; e++) {
            for (Runnable task : tasks) {
                task.run();
            }
            for (Runnable step : steps) {
                step.run();
            }
        }
        Pace.result(s, tasks.size());
    }

    private static void train(int from) {
        for (int i = 0; i < 3; i++) {
            step(from + i);
        }
    }

    private static void step(long x) {
        s = Pace.mix(s, Pace.step() + x) % 100000;
    }
}
