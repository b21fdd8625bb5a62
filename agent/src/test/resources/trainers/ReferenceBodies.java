// step=trainers.ReferenceBodies#step
// refused: which Belay cannot go back into
package trainers;

import java.util.ArrayList;
import java.util.List;

/** A reference to a method that decides by what training changes: it would decide otherwise if it were called again. */
public final class ReferenceBodies {

    private static final class Part {
        private long value;

        boolean isLow() {
            return value >= 0;
        }
    }

    private long state = 1;

    public static void main(String[] args) {
        ReferenceBodies program = new ReferenceBodies();
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            parts.add(new Part());
        }
        parts.stream().filter(Part::isLow).forEach(p -> {
            for (int i = 0; i < 3; i++) {
                p.value = program.step(i);
            }
        });
        Pace.result(program.state);
    }

    private long step(long v) {
        state = Pace.mix(state, v + Pace.step());
        return state;
    }
}
