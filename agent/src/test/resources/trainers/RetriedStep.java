// step=trainers.RetriedStep#step
package trainers;

public class RetriedStep {
    private int tries;
    private long s = 1;

    void step(int i) {
        tries++;
        if (tries % 3 == 0) {
            throw new IllegalStateException("try " + tries);
        }
        s = Pace.mix(s, Pace.step() + i);
    }

    public static void main(String[] args) {
        RetriedStep t = new RetriedStep();
        int failures = 0;
        for (int i = 0; i < 8; i++) {
            while (true) {
                try {
                    t.step(i);
                    break;
                } catch (IllegalStateException e) {
                    failures++;
                }
            }
        }
        Pace.result(t.s, t.tries, failures);
    }
}
