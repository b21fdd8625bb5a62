// step=trainers.StaleCall#step
// refused: which Belay cannot go back into
package trainers;

import java.util.Arrays;
import java.util.List;

/** A call of the JDK that is gone back into, and behind it in the same line one that is not. */
public final class StaleCall {

    private static long state = 1;

    public static void main(String[] args) {
        List<Integer> list = Arrays.asList(1, 2);
        long[] values = new long[3];
        list.forEach(n -> warm(n)); Arrays.setAll(values, n -> train(n));
        Pace.result(Arrays.toString(values), state);
    }

    private static void warm(int n) {
        for (int i = 0; i < 2; i++) {
            state += n * i;
        }
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
