// step=trainers.WhileLoop#step
package trainers;

import java.util.Random;

public class WhileLoop {
    private final Random random = new Random(4);
    private long state = 1;

    void step() {
        state = Pace.mix(state, Pace.step() + random.nextInt(100));
    }

    void train() {
        int left = 8;
        while (left > 0) {
            step();
            left--;
        }
        Pace.result(state, left, random.nextLong());
    }

    public static void main(String[] args) {
        new WhileLoop().train();
    }
}
