// step=trainers.MapBodies#step
// refused: through java.util.HashMap.forEach, which Belay cannot go back into
package trainers;

import java.util.HashMap;
import java.util.Map;

/** A map that is in the middle of a forEach of its own would be put back under the JDK's feet. */
public final class MapBodies {

    private long state = 1;

    public static void main(String[] args) {
        MapBodies program = new MapBodies();
        Map<String, Integer> sizes = new HashMap<>();
        sizes.put("a", 1);
        sizes.put("b", 2);
        sizes.forEach((name, size) -> {
            for (int i = 0; i < 3; i++) {
                program.step(size);
            }
        });
        Pace.result(program.state);
    }

    private void step(long v) {
        state = Pace.mix(state, v + Pace.step());
    }
}
