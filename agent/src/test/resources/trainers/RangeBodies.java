// step=trainers.RangeBodies#step
// no last checkpoint
package trainers;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/** Cross validation as a stream: each fold is trained in a lambda, and the JDK adds up what the folds return. */
public final class RangeBodies {

    private final double[] weights = new double[4];
    private final Random random = new Random(5);
    private int folds;

    public static void main(String[] args) {
        RangeBodies program = new RangeBodies();
        double sum = IntStream.range(0, 4).mapToDouble(fold -> program.fold(fold)).sum();
        double best = IntStream.rangeClosed(1, 3)
                .filter(k -> k != 2)
                .mapToDouble(k -> {
                    double loss = 0;
                    for (int i = 0; i < 3; i++) {
                        loss += program.step(k * i);
                    }
                    return loss;
                })
                .max()
                .getAsDouble();
        Pace.result(sum, best, Arrays.toString(program.weights), program.folds, program.random.nextInt());
    }

    private double fold(int fold) {
        double loss = 0;
        for (int epoch = 0; epoch < 4; epoch++) {
            loss += step(fold + epoch);
        }
        folds++;
        return loss / 4;
    }

    private double step(int at) {
        int number = Pace.step();
        weights[at % 4] = weights[at % 4] * 0.5 + random.nextGaussian() + number;
        return weights[at % 4];
    }
}
