// step=trainers.ParallelBodies#step
// refused: Belay
package trainers;

import java.util.stream.IntStream;

/** Several threads train at once. */
public final class ParallelBodies {

    private static final long[] STATES = new long[8];

    public static void main(String[] args) {
        IntStream.range(0, 8).parallel().forEach(part -> {
            for (int i = 0; i < 3; i++) {
                step(part);
            }
        });
        Pace.result(STATES);
    }

    private static void step(int part) {
        synchronized (STATES) {
            Pace.step();
        }
        STATES[part] = Pace.mix(STATES[part], part);
    }
}
