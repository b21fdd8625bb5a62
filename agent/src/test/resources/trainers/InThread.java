// step=trainers.InThread#step
package trainers;

/** The loop is in a thread of the program's own class, with its state in the thread's fields. */
public class InThread extends Thread {
    private final long[] weights = new long[4];
    private long s = 1;
    private Object last;

    InThread(String name) {
        super(name);
    }

    void step(int i) {
        s = Pace.mix(s, Pace.step() + i);
        weights[i % 4] += s;
        last = new long[] {s};
    }

    @Override
    public void run() {
        for (int i = 0; i < 9; i++) {
            step(i);
        }
    }

    public static void main(String[] args) throws Exception {
        InThread trainer = new InThread("trainer");
        trainer.start();
        trainer.join();
        Pace.result(trainer.s, trainer.weights, trainer.last);
    }
}
