// step=trainers.ThreadPerFold#step
// refused: thread 'main': it waits for other threads in the loop trainers.ThreadPerFold#main
package trainers;

/** The main thread starts a training thread per fold and waits for it, in a loop. */
public class ThreadPerFold {
    static long s = 1;

    static void step(int x) {
        s = Pace.mix(s, Pace.step() + x);
    }

    static void train(int fold) {
        for (int i = 0; i < 4; i++) {
            step(i + fold);
        }
    }

    public static void main(String[] args) throws Exception {
        for (int fold = 0; fold < 3; fold++) {
            int number = fold;
            Thread t = new Thread(() -> train(number));
            t.start();
            t.join();
        }
        Pace.result(s);
    }
}
