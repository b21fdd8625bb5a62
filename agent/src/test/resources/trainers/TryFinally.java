// step=trainers.TryFinally#step
package trainers;

import java.util.ArrayList;
import java.util.List;

public class TryFinally {
    private final List<String> log = new ArrayList<>();
    private long s = 1;

    void step(int x) {
        s = Pace.mix(s, Pace.step() + x);
    }

    long train() {
        int rounds = 0;
        try {
            for (int i = 0; i < 3; i++) {
                try {
                    for (int j = 0; j < 3; j++) {
                        step(j);
                        if (i == 1 && j == 1) {
                            throw new IllegalArgumentException("at " + i);
                        }
                    }
                } catch (IllegalArgumentException e) {
                    log.add(e.getMessage());
                    for (int k = 0; k < 2; k++) {
                        step(100 + k);
                    }
                } finally {
                    rounds++;
                    for (int k = 0; k < 2; k++) {
                        step(200 + k);
                    }
                    log.add("finally " + i);
                }
            }
            return s + rounds;
        } finally {
            log.add("end " + rounds);
        }
    }

    public static void main(String[] args) {
        TryFinally t = new TryFinally();
        long r = t.train();
        Pace.result(r, t.s, t.log.toString());
    }
}
