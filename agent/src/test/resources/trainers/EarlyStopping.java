// step=trainers.EarlyStopping#step
package trainers;

public class EarlyStopping {
    private final double[] w = new double[12];
    private double best = Double.MAX_VALUE;

    double step(int e, int i) {
        w[i] += Pace.step() * 0.5;
        return Math.abs(5 - e) + i * 0.01;
    }

    public static void main(String[] args) {
        EarlyStopping t = new EarlyStopping();
        int patience = 0;
        double[] bestCopy = null;
        int epoch = 0;
        while (epoch < 100) {
            double loss = 0;
            for (int i = 0; i < 2; i++) {
                loss += t.step(epoch, i);
            }
            if (loss < t.best - 1) {
                t.best = loss;
                bestCopy = t.w.clone();
                patience = 0;
            } else if (++patience >= 2) {
                break;
            }
            epoch++;
        }
        Pace.result(t.w, bestCopy, epoch, patience, t.best);
    }
}
