package killtest.program;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/** A grid search with cross validation: loops in three methods, the outer ones with iterations that take long. */
public final class GridSearch {

    private static final int POINTS = 600;
    private static final int FOLDS = 4;
    private static final Random SHUFFLE = new Random(5);

    private GridSearch() {}

    private record Point(double x, double y) {}

    public static void main(String[] args) {
        int epochs = 2_500 * Work.of(args);
        List<Point> points = points();
        TreeMap<String, Double> scores = new TreeMap<>();
        String best = null;
        for (double rate : new double[] {0.001, 0.01}) {
            for (int degree = 3; degree <= 5; degree += 2) {
                String cell = rate + "/" + degree;
                scores.put(cell, crossValidate(points, rate, degree, epochs));
                if (best == null || scores.get(cell) < scores.get(best)) {
                    best = cell;
                }
                System.out.println(cell + " " + scores.get(cell));
            }
        }
        System.out.println("best " + best);
        double[] all = scores.values().stream().mapToDouble(Double::doubleValue).toArray();
        System.out.println(Result.line(all));
    }

    private static List<Point> points() {
        Random random = new Random(3);
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < POINTS; i++) {
            double x = random.nextDouble() * 2 - 1;
            points.add(new Point(x, Math.abs(x) + random.nextDouble() / 10));
        }
        return points;
    }

    private static double crossValidate(List<Point> points, double rate, int degree, int epochs) {
        List<Point> shuffled = new ArrayList<>(points);
        Collections.shuffle(shuffled, SHUFFLE);
        double error = 0;
        for (int fold = 0; fold < FOLDS; fold++) {
            List<Point> train = new ArrayList<>();
            List<Point> test = new ArrayList<>();
            for (int i = 0; i < shuffled.size(); i++) {
                (i % FOLDS == fold ? test : train).add(shuffled.get(i));
            }
            double[] weights = train(train, rate, degree, epochs);
            for (Point p : test) {
                error += Math.pow(predict(weights, p.x()) - p.y(), 2);
            }
        }
        return error / points.size();
    }

    private static double[] train(List<Point> points, double rate, int degree, int epochs) {
        double[] weights = new double[degree + 1];
        int epoch = 0;
        double before = Double.MAX_VALUE;
        while (true) {
            double loss = 0;
            for (Point p : points) {
                double difference = predict(weights, p.x()) - p.y();
                loss += difference * difference;
                for (int k = 0; k < weights.length; k++) {
                    weights[k] -= rate * difference * Math.pow(p.x(), k);
                }
            }
            if (++epoch == epochs || Math.abs(before - loss) < 1e-12) {
                return weights;
            }
            before = loss;
        }
    }

    private static double predict(double[] weights, double x) {
        double sum = 0;
        for (int k = weights.length - 1; k >= 0; k--) {
            sum = sum * x + weights[k];
        }
        return sum;
    }
}
