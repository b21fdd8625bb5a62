// step=trainers.ReturnsFromRetry#step
// release=11
package trainers;

import java.util.ArrayList;
import java.util.List;

/** A loop that is only left by returning what the step returned, of several types; its callers use the value. */
public class ReturnsFromRetry {
    private int tries;
    private long s = 1;

    int step(int x) {
        if (++tries % 3 == 0) {
            throw new IllegalStateException("try " + tries);
        }
        s = Pace.mix(s, Pace.step() + x);
        return (int) (s & 7);
    }

    int safe(int x) {
        while (true) {
            try {
                return step(x);
            } catch (IllegalStateException e) {
                s += 5;
            }
        }
    }

    long wide(int x) {
        for (int i = 0; ; i++) {
            try {
                return step(x + i) * 3L;
            } catch (IllegalStateException e) {
                s += i;
            }
        }
    }

    List<Integer> list(int x) {
        while (true) {
            try {
                return new ArrayList<>(List.of(step(x), tries));
            } catch (IllegalStateException e) {
                s ^= 3;
            }
        }
    }

    public static void main(String[] args) {
        ReturnsFromRetry t = new ReturnsFromRetry();
        long total = t.safe(100) * t.wide(7);
        List<Integer> list = t.list(3);
        for (int e = 0; e < 3; e++) {
            int first = t.safe(e);
            list.addAll(t.list(first));
            for (int i = 0; i < 1 + first % 3; i++) {
                total = total * 31 + t.safe(i) * t.wide(first);
            }
        }
        Pace.result(t.s, t.tries, total, list.toString());
    }
}
