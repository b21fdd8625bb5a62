// step=trainers.DecidedByField#step
package trainers;

import java.util.ArrayList;
import java.util.List;

/** A method that is called in a loop returns before it comes to its own loop, if the training has left something undone. */
public final class DecidedByField {
    private final List<Long> undone = new ArrayList<>();
    private int phase;
    private long s = 1;

    public static void main(String[] args) {
        DecidedByField t = new DecidedByField();
        for (int e = 0; e < 4; e++) {
            long seen = t.train(e, "w" + e);
            t.s += seen;
        }
        Pace.result(t.s, t.undone.size(), t.phase);
    }

    private long train(int e, String name) {
        if (!undone.isEmpty()) {
            undone.clear();
            return -1;
        }
        if (phase == 2) {
            throw new IllegalStateException("it is in the midst of a phase");
        }
        long sum = 0;
        phase = 2;
        StringBuilder text = new StringBuilder(name);
        for (int i = 0; i < 3; i++) {
            sum += step(i, text);
        }
        phase = 3;
        if (e != 2) {
            undone.clear();
        }
        return sum + text.length();
    }

    private long step(int i, StringBuilder text) {
        s = Pace.mix(s, Pace.step() + i) % 100000;
        undone.add(s);
        text.append(s % 10);
        return s;
    }
}
