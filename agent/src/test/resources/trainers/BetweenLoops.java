// step=trainers.BetweenLoops#step
package trainers;

import java.util.ArrayList;
import java.util.List;

/** Code between two inner loops works on what the first one computed. */
public class BetweenLoops {
    private final List<Integer> history = new ArrayList<>();
    private long s = 1;

    int step(int i) {
        s = Pace.mix(s, Pace.step() + i);
        return (int) (s & 15);
    }

    public static void main(String[] args) {
        BetweenLoops t = new BetweenLoops();
        List<String> lines = new ArrayList<>();
        for (int e = 0; e < 3; e++) {
            int count = 0;
            int sum = 0;
            List<Integer> losses = new ArrayList<>();
            int[] best = null;
            for (int i = 0; i < 2; i++) {
                int loss = t.step(i);
                sum += loss;
                count++;
                losses.add(loss);
                t.history.add(loss);
                if (best == null || best[0] > loss) {
                    best = new int[] {loss, i};
                }
            }
            int mean = sum / count;
            lines.add("mean " + mean + " last " + losses.get(losses.size() - 1) + " " + t.history.get(t.history.size() - 1)
                    + " best " + best[1]);
            for (int i = 0; i < 2; i++) {
                t.step(mean + i);
            }
        }
        Pace.result(t.s, lines.toString(), t.history.toString());
    }
}
