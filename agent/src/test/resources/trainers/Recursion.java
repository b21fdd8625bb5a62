// step=trainers.Recursion#step
package trainers;

public class Recursion {
    long s = 1;

    void step(int x) {
        s = Pace.mix(s, Pace.step() + x);
    }

    int solve(int depth, int seed) {
        int total = seed;
        for (int i = 0; i < 2; i++) {
            if (depth == 0) {
                step(i + seed);
                total++;
            } else {
                total += solve(depth - 1, seed * 2 + i) + solve(depth - 2 < 0 ? 0 : depth - 2, i);
            }
        }
        return total;
    }

    public static void main(String[] args) {
        Recursion r = new Recursion();
        int total = r.solve(2, 1);
        Pace.result(r.s, total);
    }
}
