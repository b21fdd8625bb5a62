// step=trainers.SlotReuse#step
package trainers;

/** Slots hold other types before, in and behind the loops. */
public class SlotReuse {
    static long s = 1;

    static void step(long x) {
        s = Pace.mix(s, Pace.step() + x);
    }

    public static void main(String[] args) {
        {
            String a = "before";
            s += a.length();
        }
        for (int e = 0; e < 2; e++) {
            {
                double a = e + 0.5;
                s += (long) a;
            }
            for (long a = 0; a < 2; a++) {
                step(a);
            }
            Object a = e == 0 ? (Object) "text" : new int[] {e};
            for (int k = 0; k < 2; k++) {
                step(k + (a instanceof String ? 5 : 6));
            }
            {
                float b = 2;
                s += (long) b;
            }
        }
        for (float a = 0; a < 2; a++) {
            step((long) a);
        }
        Pace.result(s);
    }
}
