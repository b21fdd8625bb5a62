// step=trainers.ReturnsFromNested#step
package trainers;

/** Which phase follows depends on the value that a skipped method returns. */
public class ReturnsFromNested {
    private long s = 1;

    int step(int x) {
        s = Pace.mix(s, Pace.step() + x);
        return (int) (s & 7);
    }

    double phase(int n) {
        int count = 0;
        int sum = 0;
        for (int i = 0; i < n; i++) {
            sum += step(i);
            count++;
        }
        return sum / count;
    }

    public static void main(String[] args) {
        ReturnsFromNested t = new ReturnsFromNested();
        double first = t.phase(3);
        if (first >= 1) {
            t.s += 3;
            double second = t.phase(4);
            first += second;
        }
        Pace.result(t.s, first);
    }
}
