// step=trainers.Nested3#step
package trainers;

public class Nested3 {
    static long step(long s, int a, int b, int c) {
        return Pace.mix(s, Pace.step() + 100 * a + 10 * b + c);
    }

    public static void main(String[] args) {
        long s = 3;
        StringBuilder log = new StringBuilder();
        for (int a = 0; a < 2; a++) {
            int perA = 0;
            for (int b = 0; b < 2; b++) {
                int c = 0;
                while (c < 3) {
                    s = step(s, a, b, c);
                    c++;
                    perA++;
                }
                log.append(a).append(b).append(c).append(' ');
            }
            log.append(perA).append(';');
        }
        Pace.result(s, log.toString());
    }
}
