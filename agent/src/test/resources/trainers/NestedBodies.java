// step=trainers.NestedBodies#step
// no last checkpoint
package trainers;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A lambda in a lambda, collected into a container that only the JDK holds. */
public final class NestedBodies {

    private long state = 1;

    public static void main(String[] args) {
        NestedBodies program = new NestedBodies();
        Optional.of(3).ifPresent(n -> program.grid(n));
    }

    private void grid(int n) {
        List<String> names = Arrays.asList("a", "bb", "ccc");
        Object[] rows = names.stream()
                .map(name -> IntStream.range(0, n).mapToLong(k -> cell(name, k)).sum())
                .toArray();
        StringBuilder told = Stream.of("x", "y")
                .collect(() -> new StringBuilder(), (b, name) -> b.append(cell(name, 1)).append(name), (a, b) -> {});
        Pace.result(Arrays.toString(rows), told, state);
    }

    private long cell(String name, int k) {
        long sum = 0;
        for (int i = 0; i < 2; i++) {
            sum += step(name.length() + k);
        }
        return sum % 1000;
    }

    private long step(int with) {
        state = Pace.mix(state, with + Pace.step());
        return state;
    }
}
