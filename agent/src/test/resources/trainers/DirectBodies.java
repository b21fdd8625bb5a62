// step=trainers.DirectBodies#step
package trainers;

import java.util.function.LongUnaryOperator;

/** A lambda that the program calls itself, with what it changes. */
public final class DirectBodies {

    private static long count = 1;

    public static void main(String[] args) {
        LongUnaryOperator train = n -> {
            for (int i = 0; i < 3; i++) {
                count = Pace.mix(count, step(n)) % 1000;
            }
            return count;
        };
        long sum = 0;
        for (int i = 0; i < 3; i++) {
            sum += train.applyAsLong(count);
        }
        sum += train.applyAsLong(count) + train.applyAsLong(sum);
        Pace.result(sum, count);
    }

    private static int step(long n) {
        return (int) n + Pace.step();
    }
}
