// step=trainers.DecidedInLoop#step
package trainers;

import java.util.ArrayList;
import java.util.List;

/** Code of the outer loop goes by objects that the training has changed: the list that it walks over, and a phase. */
public final class DecidedInLoop {

    private final List<Integer> rounds = new ArrayList<>(List.of(3));
    private int phase;
    private long sum;

    public static void main(String[] args) {
        DecidedInLoop program = new DecidedInLoop();
        program.train();
        Pace.result(program.rounds, program.phase, program.sum);
    }

    private void train() {
        for (int at = 0; at < rounds.size(); at++) {
            if (phase == 0) {
                warmUp();
            } else {
                for (int i = 0; i < rounds.get(at); i++) {
                    sum = Pace.mix(sum, step(i));
                }
            }
            phase++;
            if (phase < 4) {
                rounds.add(phase + 1);
            }
        }
    }

    private void warmUp() {
        for (int i = 0; i < 2; i++) {
            sum = Pace.mix(sum, step(i) + 7);
        }
    }

    private static int step(int i) {
        return Pace.step() * 31 + i;
    }
}
