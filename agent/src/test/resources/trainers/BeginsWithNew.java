// step=trainers.BeginsWithNew#step
package trainers;

/** A loop that begins with an object whose constructor is given what a branch decides. */
public final class BeginsWithNew {
    private static long s = 1;

    public static void main(String[] args) {
        int i = 0;
        do {
            StringBuilder text = new StringBuilder(s % 2 == 0 ? "even" : "odd");
            step(text.length());
        } while (++i < 9);
        Pace.result(s);
    }

    private static void step(long x) {
        s = Pace.mix(s, Pace.step() + x) % 100000;
    }
}
