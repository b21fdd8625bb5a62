// step=trainers.TwoPhases#step
package trainers;

public class TwoPhases {
    private long s = 1;

    void step(int i) {
        s = Pace.mix(s, Pace.step() + i);
    }

    void warmUp() {
        for (int i = 0; i < 3; i++) {
            step(i);
        }
        s += 1;
    }

    void mainPhase(int epochs) {
        for (int e = 0; e < epochs; e++) {
            for (int i = 0; i < 3; i++) {
                step(i * 10);
            }
        }
        s += 2;
    }

    public static void main(String[] args) {
        TwoPhases t = new TwoPhases();
        t.warmUp();
        t.s += 5;
        t.mainPhase(2);
        Pace.result(t.s);
    }
}
