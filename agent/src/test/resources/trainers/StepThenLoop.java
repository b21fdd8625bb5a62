// step=trainers.StepThenLoop#step
package trainers;

/** A step in the body of a loop, then another loop of steps; and a step between loops. */
public class StepThenLoop {
    private long s = 1;
    private int evaluations;

    int step(int x) {
        s = Pace.mix(s, Pace.step() + x);
        return (int) (s & 7);
    }

    public static void main(String[] args) {
        StepThenLoop t = new StepThenLoop();
        int warm = 0;
        for (int b = 0; b < 4; b++) {
            int loss = t.step(b);
            if (b % 2 == 1) {
                for (int k = 0; k < 2; k++) {
                    loss += t.step(10 * k + loss);
                }
                t.evaluations++;
            }
            warm += loss;
        }
        warm += t.step(1000);
        for (int b = 0; b < 3; b++) {
            warm += t.step(b);
        }
        Pace.result(t.s, warm, t.evaluations);
    }
}
