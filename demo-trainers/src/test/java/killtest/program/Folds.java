package killtest.program;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Cross validation of many small models, all of it in streams: the only loops of its own are within lambdas. */
public final class Folds {

    private static final int FOLDS = 5;
    private static final int EPOCHS = 100;
    private final Random random = new Random(23);
    private final List<double[]> points = new ArrayList<>();

    private Folds() {}

    public static void main(String[] args) {
        int work = Work.of(args);
        Folds program = new Folds();
        IntStream.range(0, 300).forEach(i -> program.points.add(program.point()));
        double[] errors = IntStream.range(0, 30 * work)
                .mapToDouble(model -> program.validate(1e-4 * (1 + model % 10)))
                .toArray();
        double best = Arrays.stream(errors).min().orElseThrow();
        System.out.println("best " + best);
        System.out.println(Result.line(best, Arrays.stream(errors).sum(), program.random.nextDouble()));
    }

    private double[] point() {
        double x = random.nextGaussian();
        return new double[] {x, Math.sin(x) + random.nextGaussian() / 10};
    }

    private double validate(double rate) {
        return IntStream.range(0, FOLDS)
                .mapToDouble(fold -> {
                    double[] weights = train(fold, rate);
                    double error = 0;
                    for (int i = fold; i < points.size(); i += FOLDS) {
                        error += Math.abs(predict(weights, points.get(i)[0]) - points.get(i)[1]);
                    }
                    return error;
                })
                .average()
                .orElseThrow();
    }

    private double[] train(int fold, double rate) {
        double[] weights = new double[4];
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            for (int i = 0; i < points.size(); i++) {
                int at = random.nextInt(points.size());
                if (at % FOLDS != fold) {
                    double[] point = points.get(at);
                    double difference = predict(weights, point[0]) - point[1];
                    for (int k = 0; k < weights.length; k++) {
                        weights[k] -= rate * difference * Math.pow(point[0], k);
                    }
                }
            }
        }
        return weights;
    }

    private static double predict(double[] weights, double x) {
        double sum = 0;
        for (int k = weights.length - 1; k >= 0; k--) {
            sum = sum * x + weights[k];
        }
        return sum;
    }
}
