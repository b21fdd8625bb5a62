// step=trainers.GuardedStart#step
package trainers;

import java.util.ArrayList;
import java.util.List;

/** What a method does before its loop depends on what it has not done yet: once a field is set, it would not come there. */
public final class GuardedStart {

    private List<Integer> rows;
    private int[] weights;
    private final long begun = System.nanoTime();

    public static void main(String[] args) {
        GuardedStart program = new GuardedStart();
        Settings settings = new Settings(3, System.nanoTime());
        program.fit(settings);
        Pace.result(program.rows, program.weights, settings.rounds, program.begun <= settings.time);
    }

    private void fit(Settings settings) {
        prepare(settings.rounds);
        for (int i = 0; i < settings.rounds; i++) {
            weights[i % weights.length] += step(i) % 100;
        }
    }

    private void prepare(int rounds) {
        if (rows == null) {
            rows = new ArrayList<>();
            weights = new int[2];
            load(rounds);
        }
    }

    private void load(int rounds) {
        for (int i = 0; i < rounds; i++) {
            rows.add(step(i) % 100);
        }
    }

    private static int step(int i) {
        return Pace.step() * 31 + i;
    }

    /** Made before the training, with the time of day. */
    private static final class Settings {
        private final int rounds;
        private final long time;

        private Settings(int rounds, long time) {
            this.rounds = rounds;
            this.time = time;
        }
    }
}
