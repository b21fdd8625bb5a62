// step=trainers.Synchronized#step
package trainers;

public class Synchronized {
    private final Object lock = new Object();
    private long s = 1;

    synchronized void step() {
        s = Pace.mix(s, Pace.step());
    }

    synchronized int train(int n) {
        int done = 0;
        for (int i = 0; i < n; i++) {
            synchronized (lock) {
                step();
                done++;
                if (i == 2 && n == 7) {
                    return done;
                }
            }
        }
        return done;
    }

    public static void main(String[] args) {
        Synchronized t = new Synchronized();
        int total = 0;
        synchronized (t.lock) {
            synchronized (Synchronized.class) {
                for (int e = 0; e < 3; e++) {
                    total += t.train(5 + e);
                    if (!Thread.holdsLock(t.lock)) {
                        throw new IllegalStateException("unlocked");
                    }
                }
            }
        }
        Pace.result(total, t.s, Thread.holdsLock(t.lock), Thread.holdsLock(Synchronized.class));
    }
}
