// step=trainers.OperandStack#step
package trainers;

/** Values of all types wait on the operand stack while a call trains. */
public class OperandStack {
    private long s = 1;
    private final long[] cells = new long[4];

    OperandStack(long s, Integer first, double second) {
        this.s = s + first + (long) second;
    }

    OperandStack() {}

    int step(int x) {
        s = Pace.mix(s, Pace.step() + x);
        return (int) (s & 7);
    }

    int loop(int n) {
        int r = 0;
        for (int i = 0; i < n; i++) {
            r += step(i);
        }
        return r;
    }

    double deep(double a, float b, long c, int d) {
        return a * 0.1 + b * (c + loop(d));
    }

    public static void main(String[] args) {
        OperandStack t = new OperandStack();
        double total = 0;
        String text = "";
        for (int e = 0; e < 2; e++) {
            total = total + deepest(t, e) + (t.loop(1) + 0.5f) * t.loop(1);
            text = text + t.loop(1) + ',' + (t.loop(1) * 2L);
            t.cells[e] += t.loop(1);
            t.cells[e + 1] = t.cells[e] + t.loop(1);
        }
        t = new OperandStack(t.loop(2), t.loop(1), t.loop(1) + 0.5);
        System.out.println("twice " + t.loop(1) + t.loop(1));
        System.out.println(t.loop(2));
        Pace.result(t.s, total, text, t.cells);
    }

    private static double deepest(OperandStack t, int e) {
        return t.deep(e + t.loop(1), 2f, 1L << 33, 1) - t.loop(e);
    }
}
