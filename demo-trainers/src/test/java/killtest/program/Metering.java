package killtest.program;

import dev.belay.Belay;
import java.util.Random;

/** Trains in epochs of ten steps, validates after each, and reports some of its metrics. */
public final class Metering {

    private static final int EPOCHS = 8;
    private static final int STEPS = 10;

    private final Random random = new Random(5);
    private double weight = 4;

    private Metering() {}

    public static void main(String[] args) {
        Belay.metric("start", 1); // on the way to a saved place, this is reported again
        Metering program = new Metering();
        double best = program.train();
        System.out.println("restored " + Belay.restored());
        System.out.println(Result.line(best, program.weight, program.random.nextDouble()));
    }

    private double train() {
        double best = 0;
        for (int epoch = 1; epoch <= EPOCHS; epoch++) {
            for (int i = 0; i < STEPS; i++) {
                double loss = step();
                Belay.metric("loss", loss);
            }
            Float valAccuracy = null;
            valAccuracy = (float) validate();
            int rounds = epoch;
            rounds *= 2;
            best = Math.max(best, valAccuracy);
            Belay.metric("eval_rounds", rounds);
            Belay.metric("eval_odd", epoch == 3 ? Double.NaN : 1.0 / (epoch - 4));
            Belay.metric("step", epoch);
        }
        return best;
    }

    private double step() {
        weight -= 0.05 * weight + 0.02 * random.nextGaussian();
        return weight * weight;
    }

    private double validate() {
        return 1 / (1 + Math.abs(weight));
    }
}
