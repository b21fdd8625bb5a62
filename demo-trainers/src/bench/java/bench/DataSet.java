package bench;

import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** Trains weights of 1 MiB on rows that do not change. Each step leaves the writer the time to end. */
final class DataSet {

    private static final int COLUMNS = 64;
    private static final int WEIGHTS = 1 << 17;
    private static final long PAUSE_NANOS = 60_000_000;

    private final double[][] rows;
    private final double[] weights = new double[WEIGHTS];

    private DataSet(int count) {
        Random random = new Random(3);
        rows = new double[count][COLUMNS];
        for (double[] row : rows) {
            for (int j = 0; j < COLUMNS; j++) {
                row[j] = random.nextDouble();
            }
        }
    }

    /** Arguments: steps, rows. */
    public static void main(String[] args) {
        DataSet program = new DataSet(Integer.parseInt(args[1]));
        int steps = Integer.parseInt(args[0]);
        for (int i = 0; i < steps; i++) {
            program.step(i);
        }
        System.out.println(program.weights[0]);
    }

    private void step(int number) {
        double[] row = rows[number % rows.length];
        for (int i = 0; i < WEIGHTS; i++) {
            weights[i] += 1e-3 * row[i % COLUMNS];
        }
        long end = System.nanoTime() + PAUSE_NANOS;
        for (long left = PAUSE_NANOS; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
