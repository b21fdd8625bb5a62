// step=trainers.TwoPhasesSameMethod#step
package trainers;

public class TwoPhasesSameMethod {
    private long s = 1;

    void step(int i) {
        s = Pace.mix(s, Pace.step() + i);
    }

    int phase(int epochs) {
        int n = 0;
        for (int e = 0; e < epochs; e++) {
            for (int i = 0; i < 2; i++) {
                step(i);
                n++;
            }
        }
        return n;
    }

    public static void main(String[] args) {
        TwoPhasesSameMethod t = new TwoPhasesSameMethod();
        int a = t.phase(2);
        t.s += 5;
        int b = t.phase(3);
        int c = t.phase(1);
        Pace.result(t.s, a, b, c);
    }
}
