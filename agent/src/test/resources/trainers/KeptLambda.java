// step=trainers.KeptLambda#step
// no last checkpoint
package trainers;

import java.util.function.LongPredicate;
import java.util.stream.IntStream;

/** Lambdas that were made elsewhere: one is a field, one captured a number before the training. */
public final class KeptLambda {

    private static long state = 1;
    private static final LongPredicate KEEP = v -> v != state;

    public static void main(String[] args) {
        long scale = state + 2;
        long sum = IntStream.range(0, 4)
                .mapToLong(n -> train(n))
                .map(v -> v * scale)
                .sum();
        Pace.result(sum, KEEP.test(sum), state);
    }

    private static long train(int n) {
        for (int i = 0; i < 3; i++) {
            state = Pace.mix(state, step(n)) % 1000;
        }
        return state;
    }

    private static int step(int n) {
        return n + Pace.step();
    }
}
