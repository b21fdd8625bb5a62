package killtest.place;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;

/**
 * A small network trained by hand, for runs in many places: its state is in objects and static fields of its own classes, in
 * an enum, and in a lambda. All of it is in one source file.
 */
public final class Placed {

    private static final int EPOCHS = 30;
    private static final int EXAMPLES = 2_000;
    private static final int INPUTS = 12;

    private static long updates;
    private static Layer best;

    private Placed() {}

    /** Which layer is trained. */
    enum Turn {
        FIRST,
        SECOND;

        private int taken;
    }

    /** A layer and what was seen of it. */
    static final class Layer {
        private final double[] weights;
        private final List<Double> norms = new ArrayList<>();
        private final DoubleUnaryOperator squash;

        Layer(Random random, int size, double slope) {
            weights = random.doubles(size, -1, 1).toArray();
            squash = x -> Math.tanh(slope * x);
        }

        double apply(double[] input) {
            double sum = 0;
            for (int i = 0; i < weights.length; i++) {
                sum += weights[i] * input[i];
            }
            return squash.applyAsDouble(sum);
        }

        void update(double[] input, double error) {
            for (int i = 0; i < weights.length; i++) {
                weights[i] -= 0.01 * error * input[i];
            }
        }

        double norm() {
            double sum = 0;
            for (double w : weights) {
                sum += w * w;
            }
            return Math.sqrt(sum);
        }
    }

    /** @param args how many times as much it does as by itself */
    public static void main(String[] args) throws NoSuchAlgorithmException {
        int epochs = EPOCHS * Integer.parseInt(args[0]);
        Random random = new Random(5);
        Layer first = new Layer(random, INPUTS, 0.7);
        Layer second = new Layer(random, INPUTS, 0.3);
        for (int epoch = 0; epoch < epochs; epoch++) {
            double loss = 0;
            for (int i = 0; i < EXAMPLES; i++) {
                loss += step(first, second, random);
            }
            first.norms.add(first.norm());
            if (best == null || first.norm() > best.norm()) {
                best = epoch % 2 == 0 ? first : second;
            }
            if (epoch % 100 == 0) {
                System.out.println("epoch " + epoch + " loss " + loss);
            }
        }
        List<Double> all = new ArrayList<>(first.norms);
        for (int i = 0; i < INPUTS; i++) {
            all.addAll(List.of(first.weights[i], second.weights[i]));
        }
        all.addAll(List.of((double) updates, (double) Turn.FIRST.taken, (double) Turn.SECOND.taken));
        all.addAll(List.of(best == first ? 1.0 : 0.0, random.nextDouble()));
        System.out.println(lastLine(all));
    }

    private static String lastLine(List<Double> values) throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        values.forEach(v -> digest.update(Double.toHexString(v).getBytes(StandardCharsets.US_ASCII)));
        return "FINAL " + HexFormat.of().formatHex(digest.digest());
    }

    private static double step(Layer first, Layer second, Random random) {
        double[] input = random.doubles(INPUTS).toArray();
        double target = Math.sin(input[0] + input[INPUTS - 1]);
        double error = first.apply(input) + second.apply(input) - target;
        Turn turn = Turn.values()[random.nextInt(2)];
        turn.taken++;
        updates++;
        (turn == Turn.FIRST ? first : second).update(input, error);
        return error * error;
    }
}
