// loop=trainers.NamedLoopDepth2#train:2
// steps=15
package trainers;

public class NamedLoopDepth2 {
    private double[] w = new double[10];
    private int correct;

    void train(int epochs) {
        for (int e = 0; e < epochs; e++) {
            double sum = 0;
            for (int i = 0; i < 3; i++) {
                int k = Pace.step();
                for (int j = 0; j < w.length; j++) {
                    w[j] += k * 0.1 * j;
                    sum += w[j];
                }
            }
            for (int i = 0; i < 2; i++) {
                correct += sum > 10 * i ? 1 : 0;
            }
        }
    }

    public static void main(String[] args) {
        NamedLoopDepth2 t = new NamedLoopDepth2();
        t.train(3);
        Pace.result(t.w, t.correct);
    }
}
