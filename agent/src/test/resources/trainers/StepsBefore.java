// step=trainers.StepsBefore#step
package trainers;

/** What was called before had loops, and steps outside of them. */
public final class StepsBefore {
    private long s = 1;
    private final long warm;

    private StepsBefore() {
        warm = warmUp();
    }

    public static void main(String[] args) {
        StepsBefore t = new StepsBefore();
        for (int e = 0; e < 3; e++) {
            for (int i = 0; i < 3; i++) {
                t.step(i);
            }
        }
        Pace.result(t.s, t.warm);
    }

    private long warmUp() {
        long sum = 0;
        for (int i = 0; i < 2; i++) {
            sum += step(i);
        }
        sum += step(7);
        return sum * step(9);
    }

    private long step(int i) {
        s = Pace.mix(s, Pace.step() + i) % 100000;
        return s;
    }
}
