// step=trainers.ExcludedMain#step
// exclude=trainers.ExcludedMain#main
// refused: trained before
package trainers;

/** The method that calls the training loop twice is excluded. */
public class ExcludedMain {
    static long s = 1;

    static void step(int x) {
        s = Pace.mix(s, Pace.step() + x);
    }

    static void train() {
        for (int i = 0; i < 4; i++) {
            step(i);
        }
    }

    public static void main(String[] args) {
        train();
        s += 17;
        train();
        Pace.result(s);
    }
}
