package killtest.fuzz;

import java.util.ArrayList;
import java.util.List;

/**
 * Where in a method a statement is written.
 *
 * @param budget the most statements that one execution of it may execute
 * @param depth blocks around it
 * @param thrown exceptions that are caught around it
 * @param jumps {@code break} and {@code continue} that are possible
 * @param result type that the method returns; null if the statement may not return
 * @param quiet whether it makes no steps, calls no routine and is without loops that train
 */
record Place(int budget, int depth, List<String> thrown, List<String> jumps, Type result, boolean quiet) {

    Place {
        thrown = List.copyOf(thrown);
        jumps = List.copyOf(jumps);
    }

    static Place body(int budget, Type result) {
        return new Place(budget, 0, List.of(), List.of(), result, false);
    }

    static Place quiet(int budget) {
        return new Place(budget, 2, List.of(), List.of(), null, true);
    }

    Place spending(int share) {
        return new Place(Math.max(1, share), depth, thrown, jumps, result, quiet);
    }

    Place inside() {
        return new Place(budget, depth + 1, thrown, jumps, result, quiet);
    }

    Place catching(String exception) {
        return new Place(budget, depth, plus(thrown, List.of(exception)), jumps, result, quiet);
    }

    Place jumping(List<String> more) {
        return new Place(budget, depth, thrown, plus(jumps, more), result, quiet);
    }

    /** Returns the place for a loop without a label: jumps without one mean this loop from now on. */
    Place inLoop(List<String> own) {
        List<String> labelled = jumps.stream().filter(j -> j.contains(" ")).toList();
        return new Place(budget, depth, thrown, plus(labelled, own), result, quiet);
    }

    private static List<String> plus(List<String> some, List<String> more) {
        List<String> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }
}
