// step=trainers.Constructor#step
// release=11
package trainers;

import java.util.ArrayList;
import java.util.List;

/** Trains in a constructor after super(), with field initialisers. */
public class Constructor extends ArrayList<Integer> {
    private static final long serialVersionUID = 1;
    private long s = 1;
    private final List<Long> seen = new ArrayList<>();

    Constructor(String text) {
        super(text.length() > 3 ? new ArrayList<>(List.of(1)) : List.of());
        for (int i = 0; i < 4; i++) {
            if (i == 2 && text.endsWith("1")) {
                return;
            }
            step(i * 10);
            add(i);
        }
        seen.add(s);
    }

    void step(int i) {
        s = Pace.mix(s, Pace.step() + i);
    }

    public static void main(String[] args) {
        long sum = 0;
        for (int i = 0; i < 3; i++) {
            Constructor c = new Constructor("four" + i);
            sum += c.s + c.size() + c.seen.size();
        }
        Pace.result(sum);
    }
}
