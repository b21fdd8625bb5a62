package killtest.program;

import dev.belay.Belay;
import java.util.Random;

/**
 * Trains in epochs of five steps. The loss of its validation falls until the sixth epoch or so, and rises again. Its last line
 * is of the weights alone, so that it is that of any run that ends with the same model.
 */
public final class Overfitting {

    private static final int STEPS = 5;

    private final Random random = new Random(11);
    private final double[] weights = new double[40];
    private final double[] offsets = new double[3];

    private Overfitting() {}

    public static void main(String[] args) throws InterruptedException {
        Overfitting program = new Overfitting();
        int epochs = program.train(Integer.parseInt(args[0]));
        System.out.println("epochs " + epochs);
        System.out.println(program.result());
    }

    private int train(int epochs) throws InterruptedException {
        int done = 0;
        for (int epoch = 1; epoch <= epochs; epoch++) {
            for (int i = 0; i < STEPS; i++) {
                step();
            }
            double loss = validate();
            Belay.metric("eval_loss", loss);
            System.out.println("epoch " + epoch + " loss " + loss);
            done++;
        }
        return done;
    }

    private void step() throws InterruptedException {
        for (int k = 0; k < weights.length; k++) {
            weights[k] += 0.1 + random.nextGaussian() / 20;
        }
        offsets[random.nextInt(offsets.length)] += random.nextDouble();
        Thread.sleep(4);
    }

    private double validate() {
        double sum = 0;
        for (double w : weights) {
            sum += (w - 3) * (w - 3);
        }
        return sum / weights.length;
    }

    private String result() {
        double[] all = new double[weights.length + offsets.length];
        System.arraycopy(weights, 0, all, 0, weights.length);
        System.arraycopy(offsets, 0, all, weights.length, offsets.length);
        return Result.line(all);
    }
}
