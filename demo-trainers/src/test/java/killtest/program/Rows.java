package killtest.program;

import java.util.Random;

/** Linear regression on rows that never change, by samples in an order that does. */
public final class Rows {

    private static final int COLUMNS = 64;

    private final double[][] rows;
    private final double[] targets;
    private final int[] order;
    private final double[] weights = new double[COLUMNS];
    private final Random random = new Random(5);
    private double[] hardest;
    private double worst;

    private Rows(int count) {
        rows = new double[count][COLUMNS];
        targets = new double[count];
        order = new int[count];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < COLUMNS; j++) {
                rows[i][j] = random.nextDouble() - 0.5;
            }
            targets[i] = rows[i][i % COLUMNS];
            order[i] = i;
        }
        hardest = rows[0];
    }

    /** Arguments: steps, rows; prints a digest of all that was computed. */
    public static void main(String[] args) {
        Rows program = new Rows(Integer.parseInt(args[1]));
        int steps = Integer.parseInt(args[0]);
        for (int i = 1; i <= steps; i++) {
            program.step(i);
        }
        long digest = 17;
        for (double w : program.weights) {
            digest = 31 * digest + Double.doubleToLongBits(w);
        }
        int place = 0;
        while (program.rows[place] != program.hardest) { // by identity: it must be a row still
            place++;
        }
        System.out.println("digest " + digest + ", worst " + program.worst + " at row " + place + ", next "
                + program.random.nextInt());
    }

    private void step(int number) {
        for (int i = 0; i < 200; i++) {
            int k = random.nextInt(order.length);
            int swapped = order[i];
            order[i] = order[k];
            order[k] = swapped;
            learn(rows[order[i]], targets[order[i]], 0.5 / (10 + number));
        }
    }

    private void learn(double[] row, double target, double rate) {
        double error = -target;
        for (int j = 0; j < COLUMNS; j++) {
            error += weights[j] * row[j];
        }
        if (Math.abs(error) > worst) {
            worst = Math.abs(error);
            hardest = row;
        }
        for (int j = 0; j < COLUMNS; j++) {
            weights[j] -= rate * error * row[j];
        }
    }
}
