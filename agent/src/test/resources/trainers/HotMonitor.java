// step=trainers.HotMonitor#step
package trainers;

/** A long loop inside a synchronized block. */
public class HotMonitor {
    private static final Object LOCK = new Object();
    private static long s = 1;

    static void step(int x) {
        s = Pace.mix(s, Pace.step() + x);
    }

    static int train(int n) {
        int done = 0;
        synchronized (LOCK) {
            for (int i = 0; i < n; i++) {
                step(i);
                done += i & 3;
            }
        }
        return done;
    }

    public static void main(String[] args) {
        int done = 0;
        for (int e = 0; e < 3; e++) {
            done += train(100_000);
        }
        Pace.result(s, done);
    }
}
