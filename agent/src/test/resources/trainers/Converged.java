// step=trainers.Converged#step
package trainers;

/** The second loop is reached only if the first one says so. */
public class Converged {
    private long s = 1;

    long step(int i) {
        s = Pace.mix(s, Pace.step() + i);
        return s;
    }

    public static void main(String[] args) {
        Converged t = new Converged();
        boolean converged = false;
        int at = -1;
        for (int i = 0; i < 10; i++) {
            t.step(i);
            if (i == 3) {
                converged = true;
                at = i;
                break;
            }
        }
        if (converged) {
            for (int i = 0; i < at; i++) {
                t.step(100 + i);
            }
        } else {
            t.s = 0;
        }
        for (int e = 0; e < 2; e++) {
            int why = 0;
            for (int i = 0; i < 5; i++) {
                t.step(i);
                if (i == e + 1) {
                    why = 2;
                    break;
                }
            }
            if (why == 2) {
                for (int i = 0; i < 2; i++) {
                    t.step(200 + i);
                }
            }
        }
        Pace.result(t.s, converged, at);
    }
}
