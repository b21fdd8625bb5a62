// step=trainers.DoWhile#step
package trainers;

public class DoWhile {
    static long step(long s) {
        return Pace.mix(s, Pace.step());
    }

    public static void main(String[] args) {
        long s = 3;
        int i = 0;
        do {
            int j = 0;
            do {
                s = step(s);
                j++;
            } while (j < 3);
            s += j;
            i++;
        } while (i < 3);
        Pace.result(s, i);
    }
}
