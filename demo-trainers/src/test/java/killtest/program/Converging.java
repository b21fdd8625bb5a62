package killtest.program;

/** Trains until it has converged: nobody knows before how many steps that takes. */
public final class Converging {

    private double value = 1;

    private Converging() {}

    public static void main(String[] args) {
        Converging program = new Converging();
        while (program.value > 1e-3) {
            program.step();
        }
        System.out.println(Result.line(program.value));
    }

    private void step() {
        value *= 0.9;
    }
}
