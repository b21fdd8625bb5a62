package killtest.program;

/** Prints a character after each step, and no line end before the last one. */
public final class Dots {

    private static final int STEPS = 300;

    private Dots() {}

    public static void main(String[] args) throws InterruptedException {
        double sum = 0;
        for (int i = 0; i < STEPS; i++) {
            sum = step(sum, i);
            (i % 2 == 0 ? System.out : System.err).print(i % 2 == 0 ? "o" : "e");
            System.out.flush();
            Thread.sleep(10);
        }
        System.out.println();
        System.out.println(Result.line(sum));
    }

    private static double step(double sum, int i) {
        return sum + 1.0 / (i + 1);
    }
}
