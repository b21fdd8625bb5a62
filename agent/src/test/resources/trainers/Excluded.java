// step=trainers.Excluded#step
// exclude=trainers.Excluded#warmUp
// refused: was not called from a loop that Belay knows
package trainers;

/** Trains in a method that is excluded, then in one that is not. */
public class Excluded {
    static long s = 1;

    static void step(int x) {
        s = Pace.mix(s, Pace.step() + x);
    }

    static void warmUp() {
        for (int i = 0; i < 3; i++) {
            step(i);
        }
    }

    static void train() {
        for (int i = 0; i < 5; i++) {
            step(i);
        }
    }

    public static void main(String[] args) {
        warmUp();
        train();
        Pace.result(s);
    }
}
