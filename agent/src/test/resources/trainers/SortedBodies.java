// step=trainers.SortedBodies#step
// refused: which Belay cannot go back into (it can where
package trainers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The stream's order comes from what training changes: it would be another one if the call were made again. */
public final class SortedBodies {

    private long state = 1;

    public static void main(String[] args) {
        SortedBodies program = new SortedBodies();
        List<Long> values = new ArrayList<>(Arrays.asList(3L, 1L, 2L));
        values.stream().sorted().forEach(v -> {
            for (int i = 0; i < 3; i++) {
                program.step(v);
            }
        });
        Pace.result(program.state);
    }

    private void step(long v) {
        state = Pace.mix(state, v + Pace.step());
    }
}
