package killtest.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;

/** Trains by one of two paths; writes each step into {@code steps.txt} before it does it. */
public final class Turning {

    private final Random random = new Random(1);
    private final double[] weights = new double[16];

    private Turning() {}

    public static void main(String[] args) throws IOException {
        Turning program = new Turning();
        if (System.getenv("TURN") == null) {
            program.straight(Integer.parseInt(args[0]));
        } else {
            program.turned(Integer.parseInt(args[0]));
        }
        double sum = 0;
        for (double w : program.weights) {
            sum += w;
        }
        System.out.println("sum " + sum);
    }

    private void straight(int steps) throws IOException {
        for (int i = 1; i <= steps; i++) {
            step(i);
        }
    }

    private void turned(int steps) throws IOException {
        for (int i = steps; i > 0; i--) {
            step(-i);
        }
    }

    private void step(int number) throws IOException {
        Files.writeString(Path.of("steps.txt"), number + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        for (int k = 0; k < weights.length; k++) {
            weights[k] += random.nextGaussian() * number;
        }
    }
}
