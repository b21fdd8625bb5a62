// step=trainers.LabelledBreak#step
package trainers;

public class LabelledBreak {
    static long step(long s) {
        return Pace.mix(s, Pace.step());
    }

    public static void main(String[] args) {
        long s = 3;
        int a = 0;
        int b = 0;
        String where = "end";
        outer:
        for (; a < 5; a++) {
            for (b = 0; b < 4; b++) {
                if (b == 2 && a == 0) {
                    continue outer;
                }
                s = step(s);
                if (a == 2 && b == 1) {
                    where = "broke";
                    break outer;
                }
            }
            s ^= a;
        }
        // a second phase behind the break
        for (int c = 0; c < 3; c++) {
            s = step(s) + a * b;
        }
        Pace.result(s, a, b, where);
    }
}
