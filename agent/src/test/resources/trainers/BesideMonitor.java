// step=trainers.BesideMonitor#step
// refused: thread 'monitor': it is in trainers.BesideMonitor.
package trainers;

/** A thread of the program looks on in a loop of its own. */
public class BesideMonitor {
    static volatile long s = 1;

    static void step(int x) {
        s = Pace.mix(s, Pace.step() + x);
    }

    static void look() {
        long seen = 0;
        try {
            while (true) {
                seen ^= s;
                Thread.sleep(1 + (seen & 1));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public static void main(String[] args) throws Exception {
        Thread monitor = new Thread(BesideMonitor::look, "monitor");
        monitor.start();
        for (int i = 0; i < 9; i++) {
            step(i);
        }
        monitor.interrupt();
        Pace.result(s);
    }
}
