package killtest.program;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** Holds sets and maps of which some have no order that two JVMs share; it only looks things up in them. */
public final class Unordered {

    private static final Set<String> WORDS = Set.of("a", "b", "c");

    private final Object[] keys = {new Object(), new Object(), new Object()};
    private final Map<Object, Integer> counts = new HashMap<>();
    private final Set<Object> ordered = new LinkedHashSet<>(List.of(keys));
    private final Set<Integer> numbers = new HashSet<>(List.of(1, 2, 3));
    private Set<Object> late = new HashSet<>();

    private Unordered() {}

    public static void main(String[] args) {
        Unordered program = new Unordered();
        for (int i = 1; i <= 12; i++) {
            program.step(i);
        }
        StringBuilder line = new StringBuilder();
        for (Object key : program.keys) {
            line.append(program.counts.get(key))
                    .append(' ')
                    .append(program.late.contains(key))
                    .append(' ');
        }
        System.out.println(line.toString()
                + program.ordered.contains(program.keys[1])
                + WORDS.contains("b")
                + program.numbers.contains(2));
    }

    private void step(int number) {
        LockSupport.parkNanos(80_000_000); // the writer's turn
        counts.merge(keys[number % 3], number, Integer::sum);
        if (number == 8) {
            late = new HashSet<>(List.of(keys[0], keys[2]));
        }
    }
}
