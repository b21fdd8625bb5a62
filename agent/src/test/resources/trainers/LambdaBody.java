// step=trainers.LambdaBody#step
package trainers;

import java.util.function.IntUnaryOperator;

/** Loops in lambda bodies that are called directly, one after another. */
public class LambdaBody {
    static long s = 1;

    static void step(int x) {
        s = Pace.mix(s, Pace.step() + x);
    }

    public static void main(String[] args) {
        IntUnaryOperator train = n -> {
            int done = 0;
            for (int i = 0; i < n; i++) {
                step(i * n);
                done += i;
            }
            return done;
        };
        int a = train.applyAsInt(3);
        s += a;
        int b = train.applyAsInt(4);
        s += b;
        int c = train.applyAsInt(2);
        Pace.result(s, a, b, c);
    }
}
