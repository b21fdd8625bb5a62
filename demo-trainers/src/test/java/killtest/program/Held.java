package killtest.program;

import java.util.Random;

/**
 * A small descent whose number of epochs is held in many places: in {@code dropped} and {@code given}, no local leads to it
 * any more when the program is saved, but a field of another object does; {@code counted} reads a static field that is set
 * on the way to the loop, {@code warm} one of an object that an earlier call has seen.
 */
public final class Held {

    /** What the program was told, as it was written. */
    private static final class Config {
        private final String epochs;

        Config(String epochs) {
            this.epochs = epochs;
        }
    }

    private static int epochs;

    private final double[] weights = new double[8];
    private final Random random = new Random(5);
    private Config config;
    private String[] arguments;
    private int step;

    public static void main(String[] args) throws InterruptedException {
        Held program = new Held();
        String told = args[1].substring(args[1].indexOf('=') + 1);
        switch (args[0]) {
            case "dropped" -> dropped(new Config(told), program);
            case "given" -> given(args, program);
            case "counted" -> counted(told, program);
            default -> {
                program.config = new Config(told);
                program.warm(0);
                program.train();
            }
        }
        System.out.println(program.result());
    }

    private static void dropped(Config config, Held program) throws InterruptedException {
        program.config = config;
        int epoch = 0;
        while (epoch < Integer.parseInt(config.epochs)) {
            config = null;
            program.epoch();
            config = program.config;
            epoch++;
        }
    }

    private static void given(String[] args, Held program) throws InterruptedException {
        program.arguments = args;
        int epoch = 0;
        while (epoch < Integer.parseInt(args[1])) {
            args = null;
            program.epoch();
            args = program.arguments;
            epoch++;
        }
    }

    private static void counted(String told, Held program) throws InterruptedException {
        epochs = Integer.parseInt(told);
        for (int epoch = 0; epoch < epochs; epoch++) {
            program.epoch();
        }
    }

    private void warm(int steps) throws InterruptedException {
        for (int i = 0; i < steps; i++) {
            step();
        }
    }

    private void train() throws InterruptedException {
        for (int epoch = 0; epoch < Integer.parseInt(config.epochs); epoch++) {
            epoch();
        }
    }

    private void epoch() throws InterruptedException {
        for (int i = 0; i < 20; i++) {
            step();
        }
    }

    private void step() throws InterruptedException {
        for (int k = 0; k < weights.length; k++) {
            weights[k] -= 0.1 * (weights[k] - random.nextGaussian());
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
