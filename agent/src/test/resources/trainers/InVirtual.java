// step=trainers.InVirtual#step
package trainers;

import java.util.concurrent.ThreadLocalRandom;

/** The loop is in a virtual thread, where there are such. */
public class InVirtual {
    static final ThreadLocal<long[]> LOCAL = ThreadLocal.withInitial(() -> new long[1]);
    static long s = 1;
    static long own;

    static void step(int x) {
        s = Pace.mix(s, Pace.step() + x + LOCAL.get()[0]);
        LOCAL.get()[0] = s;
        ThreadLocalRandom.current().nextInt();
    }

    static void train() {
        for (int i = 0; i < 12; i++) {
            step(i);
        }
        own = LOCAL.get()[0];
    }

    public static void main(String[] args) throws Exception {
        Runnable task = InVirtual::train;
        Thread thread;
        try {
            thread = (Thread) Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
        } catch (NoSuchMethodException e) {
            thread = new Thread(task);
            thread.start();
        }
        thread.join();
        Pace.result(s, own);
    }
}
