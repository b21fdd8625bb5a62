package killtest.program;

import java.util.Random;

/**
 * A small descent whose arguments tests change: in {@code first}, a local bounds the loop and the rate is a field; in
 * {@code field}, a field of an object does; {@code schedule} computes its rates from the number of epochs before the loop;
 * {@code early} stops by a break; {@code bottom} tests at the loop's end, {@code middle} in it, {@code called} by a call;
 * {@code twice} trains in two loops; {@code flat} has no loop inside of its loop.
 */
public final class Extended {

    /** What the program was told. */
    private static final class Config {
        private final int epochs;
        private double rate;

        Config(int epochs, double rate) {
            this.epochs = epochs;
            this.rate = rate;
        }
    }

    private final Config config;
    private final double[] weights = new double[8];
    private final Random random = new Random(5);
    private double[] rates;
    private int step;

    private Extended(Config config) {
        this.config = config;
    }

    public static void main(String[] args) throws InterruptedException {
        String kind = args[0];
        int epochs = Integer.parseInt(args[1].substring(args[1].indexOf('=') + 1));
        double rate = args.length < 3 ? 0.1 : Double.parseDouble(args[2].substring(args[2].indexOf('=') + 1));
        Extended program = new Extended(new Config(kind.equals("field") ? epochs : 0, rate));
        switch (kind) {
            case "first" -> program.first(epochs);
            case "field" -> program.field();
            case "schedule" -> program.schedule(epochs);
            case "early" -> program.early(epochs);
            case "bottom" -> program.bottom(epochs);
            case "middle" -> program.middle(epochs);
            case "called" -> program.called(epochs);
            case "twice" -> program.twice(epochs);
            case "decay" -> program.decay(epochs);
            default -> program.flat(epochs);
        }
        System.out.println(program.result());
    }

    private void first(int epochs) throws InterruptedException {
        for (int epoch = 0; epoch < epochs; epoch++) {
            epoch(config.rate);
            System.out.println("epoch " + epoch);
        }
        weights[0] += 1; // behind the loop
    }

    private void field() throws InterruptedException {
        int epoch = 0;
        while (epoch < config.epochs) {
            epoch(config.rate);
            epoch++;
        }
    }

    private void schedule(int epochs) throws InterruptedException {
        rates = new double[epochs];
        for (int i = 0; i < epochs; i++) {
            rates[i] = config.rate * (epochs - i) / epochs;
        }
        for (int epoch = 0; epoch < epochs; epoch++) {
            epoch(rates[epoch]);
        }
    }

    private void early(int epochs) throws InterruptedException {
        for (int epoch = 0; epoch < epochs; epoch++) {
            epoch(config.rate);
            if (epoch == 5) {
                break;
            }
        }
    }

    private void bottom(int epochs) throws InterruptedException {
        int epoch = 0;
        do {
            epoch(config.rate);
            epoch++;
        } while (epoch < epochs);
    }

    private void middle(int epochs) throws InterruptedException {
        int epoch = 0;
        while (true) {
            epoch(config.rate);
            if (++epoch >= epochs) {
                break;
            }
            weights[1] += 0.5; // between two epochs
        }
    }

    private void called(int epochs) throws InterruptedException {
        for (int epoch = 0; isBefore(epoch, epochs); epoch++) {
            epoch(config.rate);
        }
    }

    private static boolean isBefore(int epoch, int epochs) {
        return epoch < epochs;
    }

    private void twice(int epochs) throws InterruptedException {
        first(epochs);
        first(epochs);
    }

    private void decay(int epochs) throws InterruptedException {
        for (int epoch = 0; epoch < epochs; epoch++) {
            epoch(config.rate);
            config.rate *= 0.9;
        }
    }

    private void flat(int steps) throws InterruptedException {
        for (int i = 0; i < steps; i++) {
            step(config.rate);
        }
    }

    private void epoch(double rate) throws InterruptedException {
        for (int i = 0; i < 20; i++) {
            step(rate);
        }
    }

    private void step(double rate) throws InterruptedException {
        for (int k = 0; k < weights.length; k++) {
            weights[k] -= rate * (weights[k] - random.nextGaussian());
        }
        step++;
        Thread.sleep(2);
    }

    private String result() {
        double[] all = new double[weights.length + 2];
        System.arraycopy(weights, 0, all, 0, weights.length);
        all[weights.length] = step;
        all[weights.length + 1] = random.nextDouble();
        return Result.line(all);
    }
}
