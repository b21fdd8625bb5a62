// step=trainers.ForLoop#step
package trainers;

public class ForLoop {
    static double[] w = new double[20];

    static void step(int i, double rate) {
        int n = Pace.step();
        w[i % w.length] += n * rate;
    }

    public static void main(String[] args) {
        double rate = 1;
        for (int i = 0; i < 9; i++) {
            step(i, rate);
            rate *= 0.9;
        }
        Pace.result(w, rate);
    }
}
