package killtest.program;

import java.util.Random;
import java.util.function.DoubleUnaryOperator;

/** Simulated annealing: one loop in main, whose iterations take less than a microsecond. */
public final class Annealing {

    private static final int ITERATIONS = 40_000_000;

    private Annealing() {}

    public static void main(String[] args) {
        int iterations = ITERATIONS * Work.of(args);
        DoubleUnaryOperator height = x -> x * x / 50 + Math.abs(x % 3 - 1.5);
        Random random = new Random(11);
        double x = 40;
        double best = x;
        int accepted = 0;
        double temperature = 5;
        for (int i = 0; i < iterations; i++) {
            double candidate = x + random.nextDouble() - 0.5;
            double worse = height.applyAsDouble(candidate) - height.applyAsDouble(x);
            if (worse < 0 || random.nextDouble() < temperature - worse) {
                x = candidate;
                accepted++;
            }
            if (height.applyAsDouble(x) < height.applyAsDouble(best)) {
                best = x;
            }
            temperature *= 0.9999999;
        }
        System.out.println("best " + best + ", accepted " + accepted);
        System.out.println(Result.line(x, best, accepted, temperature, random.nextDouble()));
    }
}
