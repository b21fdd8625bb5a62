// step=trainers.SupplierSum#step
package trainers;

import java.util.function.IntSupplier;

/** Two calls in one line, one of them of a lambda. */
public class SupplierSum {
    private static long s = 1;

    static int step(int x) {
        s = Pace.mix(s, Pace.step() + x);
        return (int) (s & 7) + 1;
    }

    static int loop(int n) {
        int r = 0;
        for (int i = 0; i < n; i++) {
            r += step(i);
        }
        return r;
    }

    public static void main(String[] args) {
        IntSupplier supplier = () -> {
            int r = 0;
            for (int i = 0; i < 3; i++) {
                r += step(i);
            }
            return r;
        };
        int total = loop(3) + supplier.getAsInt();
        Pace.result(s, total);
    }
}
