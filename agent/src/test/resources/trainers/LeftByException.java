// step=trainers.LeftByException#step
package trainers;

/** The first loop is always left by an exception. */
public class LeftByException {
    static long s = 1;

    static void step(int x) {
        s = Pace.mix(s, Pace.step() + x);
    }

    static int data(int i) {
        if (i == 3) {
            throw new IndexOutOfBoundsException("end of data");
        }
        return i;
    }

    public static void main(String[] args) {
        int rounds = 0;
        for (int e = 0; e < 2; e++) {
            try {
                int i = 0;
                while (true) {
                    step(data(i++));
                }
            } catch (IndexOutOfBoundsException ex) {
                rounds++;
            }
            for (int i = 0; i < 2; i++) {
                step(i + rounds);
            }
        }
        try {
            for (int i = 0; ; i++) {
                step(data(i));
            }
        } catch (IndexOutOfBoundsException ex) {
            s += 99;
        }
        for (int i = 0; i < 2; i++) {
            step(i);
        }
        Pace.result(s, rounds);
    }
}
