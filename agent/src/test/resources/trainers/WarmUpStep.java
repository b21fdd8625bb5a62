// step=trainers.WarmUpStep#step
// refused: was not called from a loop that Belay knows
package trainers;

/** Its first step is outside of all loops. */
public class WarmUpStep {
    private long s = 1;

    void step(int x) {
        s = Pace.mix(s, Pace.step() + x);
    }

    public static void main(String[] args) {
        WarmUpStep t = new WarmUpStep();
        t.step(1000);
        for (int b = 0; b < 4; b++) {
            t.step(b);
        }
        Pace.result(t.s);
    }
}
