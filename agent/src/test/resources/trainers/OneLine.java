// step=trainers.OneLine#step
package trainers;

public class OneLine {
    static long s = 1;

    static int step(int x) {
        s = Pace.mix(s, Pace.step() + x);
        return x;
    }

    static int loop(int n) {
        int r = 0;
        for (int i = 0; i < n; i++) r += step(i);
        return r;
    }

    public static void main(String[] args) {
        int a = 0;
        for (int e = 0; e < 2; e++) { a += loop(2) * 3 - (loop(1) + loop(e + 1)); for (int k = 0; k < 1; k++) a += step(k) + loop(1); }
        Pace.result(s, a);
    }
}
