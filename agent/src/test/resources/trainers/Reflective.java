// step=trainers.Reflective#step
// refused: trained before
package trainers;

/** Calls the training loop by reflection, twice. */
public class Reflective {
    static long s = 1;

    static void step(int x) {
        s = Pace.mix(s, Pace.step() + x);
    }

    public static void train() {
        for (int i = 0; i < 4; i++) {
            step(i);
        }
    }

    public static void main(String[] args) throws Exception {
        java.lang.reflect.Method m = Reflective.class.getMethod("train");
        m.invoke(null);
        s += 17;
        m.invoke(null);
        Pace.result(s);
    }
}
