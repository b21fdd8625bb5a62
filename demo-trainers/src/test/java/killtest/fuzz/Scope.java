package killtest.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The variables that can be seen at a place of the program, and names for new ones. */
final class Scope {

    private final Draw draw;
    private final List<Variable> visible = new ArrayList<>();
    private int names;

    Scope(Draw draw) {
        this.draw = draw;
    }

    /** Returns a name that is new in the whole program. */
    String name(String prefix) {
        return prefix + names++;
    }

    void add(Variable variable) {
        visible.add(variable);
    }

    /** Returns a mark to come back to with {@link #leave} where a block ends. */
    int enter() {
        return visible.size();
    }

    void leave(int mark) {
        visible.subList(mark, visible.size()).clear();
    }

    /** Takes the locals away that a class or lambda body cannot use; returns what brings them back. */
    List<Variable> capture() {
        List<Variable> all = List.copyOf(visible);
        visible.removeIf(v -> !v.captured());
        return all;
    }

    void restore(List<Variable> all) {
        visible.clear();
        visible.addAll(all);
    }

    /** Draws a variable; the youngest are more likely. */
    Optional<Variable> any(Predicate<Variable> wanted) {
        List<Variable> found = visible.stream().filter(wanted).toList();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        int at = Math.max(draw.below(found.size()), draw.below(found.size()));
        return Optional.of(found.get(at));
    }

    Optional<Variable> any(Type type) {
        return any(v -> v.type() == type);
    }

    List<Variable> all() {
        return List.copyOf(visible);
    }
}
