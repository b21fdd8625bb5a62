// step=trainers.ThreeMethods#step
package trainers;

import java.util.ArrayList;
import java.util.List;

public class ThreeMethods {
    private final List<Long> history = new ArrayList<>();
    private long s = 7;

    void step(int x) {
        s = Pace.mix(s, Pace.step() * 31L + x);
    }

    int batches(int n, double factor) {
        int done = 0;
        for (int i = 0; i < n; i++) {
            step(i + (int) factor);
            done++;
        }
        return done;
    }

    long epoch(int e) {
        long sum = 0;
        for (int part = 0; part < 2; part++) {
            sum += batches(2, e * 1.5) + Math.max(batches(1, 2), 4);
        }
        return sum;
    }

    public static void main(String[] args) {
        ThreeMethods t = new ThreeMethods();
        long total = 0;
        for (int e = 0; e < 2; e++) {
            total += t.epoch(e);
            t.history.add(total + t.s);
        }
        Pace.result(total, t.history.toString(), t.s);
    }
}
