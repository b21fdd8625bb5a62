// step=trainers.BesideVirtual#step
// refused: it is in trainers.BesideVirtual.
package trainers;

/** A thread of the program looks on: a virtual one, where there are such. */
public class BesideVirtual {
    static volatile boolean trains = true;
    static long s = 1;

    static void step(int x) {
        s = Pace.mix(s, Pace.step() + x);
    }

    static void look() {
        while (trains) {
            try {
                Thread.sleep(1);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    public static void main(String[] args) throws Exception {
        Runnable look = BesideVirtual::look;
        try {
            Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, look);
        } catch (NoSuchMethodException e) {
            new Thread(look).start();
        }
        for (int i = 0; i < 9; i++) {
            step(i);
        }
        trains = false;
        Pace.result(s);
    }
}
