package killtest.program;

import java.util.Arrays;

/** Writes the number of the step into every element of a large array, on a thread whose interrupt flag is set. */
public final class Interrupting {

    private static final int STEPS = 8;

    private final double[] weights = new double[4 << 20];

    private Interrupting() {}

    public static void main(String[] args) {
        Interrupting program = new Interrupting();
        for (int i = 1; i <= STEPS; i++) {
            program.step(i);
            Thread.currentThread().interrupt();
        }
        System.out.println("interrupted " + Thread.interrupted() + " weight " + program.weights[0]);
    }

    private void step(int number) {
        Arrays.fill(weights, number);
    }
}
