// step=trainers.CapturedNumber#step
// no last checkpoint
package trainers;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;

/** Lambdas that captured what the training had come to when they were made. */
public final class CapturedNumber {
    private final List<LongUnaryOperator> kept = new ArrayList<>();
    private long s = 1;

    public static void main(String[] args) {
        CapturedNumber t = new CapturedNumber();
        for (int e = 0; e < 4; e++) {
            t.train(e);
        }
        long sum = 0;
        for (LongUnaryOperator f : t.kept) {
            sum += f.applyAsLong(3);
        }
        Pace.result(t.s, sum);
    }

    private void train(int e) {
        long from = s;
        long[] calls = new long[1];
        LongUnaryOperator shift = x -> x + from + calls[0]++;
        LongUnaryOperator again = shift;
        kept.add(shift);
        for (int i = 0; i < 3; i++) {
            step(shift.applyAsLong(i) + again.applyAsLong(e));
        }
    }

    private void step(long x) {
        s = Pace.mix(s, Pace.step() + x) % 100000;
    }
}
