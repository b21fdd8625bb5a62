// loop=trainers.NamedLoop#train
package trainers;

/** No step method: iterations of the named loop are the steps. */
public class NamedLoop {
    double[] w = new double[10];

    double train(int n) {
        double loss = 0;
        for (int i = 0; i < n; i++) {
            int k = Pace.step();
            for (int j = 0; j < w.length; j++) {
                w[j] += k * 0.1 * j;
            }
            loss += w[i % 10];
        }
        return loss;
    }

    public static void main(String[] args) {
        NamedLoop t = new NamedLoop();
        double a = t.train(4);
        double b = 0;
        for (int i = 0; i < 2; i++) {
            b += t.train(3);
        }
        Pace.result(a, b, t.w);
    }
}
