// step=trainers.ReferenceStage#step
// refused: which Belay cannot go back into
package trainers;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A reference to a method of the JDK that remembers what it was called with: called again, it would answer otherwise. */
public final class ReferenceStage {

    private long state = 1;

    public static void main(String[] args) {
        ReferenceStage program = new ReferenceStage();
        Set<Long> seen = new HashSet<>();
        Object all = IntStream.range(0, 4)
                .mapToObj(n -> program.train(n))
                .filter(seen::add)
                .collect(Collectors.toList());
        Pace.result(all, seen.size());
    }

    private Long train(int n) {
        for (int i = 0; i < 3; i++) {
            state = Pace.mix(state, step(n));
        }
        return state;
    }

    private static int step(int n) {
        return n + Pace.step();
    }
}
