// step=trainers.DecidedBetween#step
package trainers;

import java.util.ArrayDeque;
import java.util.Deque;

/** Code between two loops decides by objects that the training has changed since, and would not come to the inner one again. */
public final class DecidedBetween {
    private final Deque<Integer> open = new ArrayDeque<>();
    private final long[] seen = new long[4];
    private long s = 1;

    public static void main(String[] args) {
        DecidedBetween t = new DecidedBetween();
        for (int e = 0; e < 4; e++) {
            t.seen[e]++;
            if (t.seen[e] > 1) {
                continue;
            }
            t.open.add(e);
            Integer first = t.open.peek();
            if (first == null || first != e) {
                t.s += 1000;
                break;
            }
            for (int i = 0; i < 3; i++) {
                t.step(i);
            }
            t.open.clear();
        }
        Pace.result(t.s, t.open.size(), t.seen[3]);
    }

    private void step(int i) {
        s = Pace.mix(s, Pace.step() + i) % 100000;
        seen[0] = s | 2;
        open.clear();
        open.add(-1);
    }
}
