package killtest.program;

import java.util.Random;

/** The example that people know, in plain Java: 203 steps per epoch by batches of 8 of 1,624 samples, 10 epochs. */
public final class PlainFitting {

    private static final int SAMPLES = 1624;
    private static final int BATCH = 8;
    private static final int INPUTS = 16;

    private final double[][] inputs = new double[SAMPLES][INPUTS];
    private final double[] weights = new double[INPUTS];

    private PlainFitting(Random random) {
        for (double[] row : inputs) {
            java.util.Arrays.setAll(row, i -> random.nextGaussian());
        }
    }

    public static void main(String[] args) throws InterruptedException {
        new PlainFitting(new Random(4)).train(10);
    }

    private void train(int epochs) throws InterruptedException {
        for (int epoch = 0; epoch < epochs; epoch++) {
            for (int from = 0; from < inputs.length; from += BATCH) {
                step(from, Math.min(from + BATCH, inputs.length));
                Thread.sleep(3); // a checkpoint is written before the next one is due
            }
        }
        System.out.println(Result.line(weights));
    }

    private void step(int from, int to) {
        for (int i = from; i < to; i++) {
            double error = -1;
            for (int k = 0; k < INPUTS; k++) {
                error += weights[k] * inputs[i][k];
            }
            for (int k = 0; k < INPUTS; k++) {
                weights[k] -= 0.01 * error * inputs[i][k];
            }
        }
    }
}
