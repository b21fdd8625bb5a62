// step=trainers.SharedSlot#step
package trainers;

/** The counters of its loops are in the slot that holds a monitor elsewhere. */
public class SharedSlot {
    private static final Object LOCK = new Object();
    private static long s = 1;

    static int step(int x) {
        s = Pace.mix(s, Pace.step() + x);
        return (int) (s & 7);
    }

    static int inner(int x) {
        int r = 0;
        for (int i = 0; i < 2; i++) {
            r += step(x + i);
        }
        return r;
    }

    public static void main(String[] args) {
        int total = 0;
        synchronized (LOCK) {
            total += args.length;
        }
        {
            int k = 0;
            do {
                total += inner(k);
            } while (++k < 4);
        }
        {
            long wide = 1;
            while (wide < 60) {
                total ^= inner((int) wide);
                wide = wide * 3 + 1;
            }
        }
        {
            double d = 1;
            while (d < 9) {
                step((int) (d * 2));
                d = d * 1.7;
            }
        }
        Pace.result(s, total);
    }
}
