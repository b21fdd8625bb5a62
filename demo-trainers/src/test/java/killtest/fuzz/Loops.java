package killtest.fuzz;

import java.util.ArrayList;
import java.util.List;

/** Writes loops of all forms. */
final class Loops {

    private final Draw draw;
    private final Scope scope;
    private final Expressions expressions;
    private final Code code;
    private final Statements statements;

    Loops(Draw draw, Scope scope, Expressions expressions, Code code, Statements statements) {
        this.draw = draw;
        this.scope = scope;
        this.expressions = expressions;
        this.code = code;
        this.statements = statements;
    }

    /** @param trains whether each iteration makes a step, if it comes so far */
    void loop(Place place, boolean trains) {
        LoopForm form = draw.of(LoopForm.ALL);
        int most = Math.min(place.depth() < 2 ? 12 : 5, Math.max(2, place.budget() / 2));
        int trips = draw.between(2, most);
        Names names = new Names(scope.name("k"), scope.name("e"), scope.name("c"), trips);
        String label = draw.chance(25) ? scope.name("loop") : "";
        fill(form.before(), names).lines().forEach(code::line);
        if (form.countsOutside()) {
            scope.add(new Variable(names.counter, Type.INT, Variable.Role.COUNTER));
        }
        int mark = scope.enter();
        String open = fill(form.open(), names);
        code.open(label.isEmpty() ? open : label + ": " + open);
        declared(form, names);
        Place body = body(place, form, label).spending(place.budget() / trips);
        boolean first = draw.chance(50);
        half(body, trains && first);
        if (!form.middle().isEmpty()) {
            code.line(fill(form.middle(), names));
            half(body, false);
        }
        if (trains && !first || draw.chance(35)) {
            statements.step(body);
        }
        code.close(fill(form.close(), names));
        scope.leave(mark);
    }

    private void half(Place body, boolean step) {
        if (step) {
            statements.step(body);
        }
        statements.block(body);
    }

    private Place body(Place place, LoopForm form, String label) {
        List<String> jumps = new ArrayList<>(List.of("break"));
        if (form.continues()) {
            jumps.add("continue");
        }
        if (!label.isEmpty()) {
            jumps.add("break " + label);
            if (form.continues()) {
                jumps.add("continue " + label);
            }
        }
        Place inner = place.inside().inLoop(jumps);
        return form.catchesStop() ? inner.catching("Stop") : inner;
    }

    private void declared(LoopForm form, Names names) {
        if (form.counts() && !form.countsOutside() && !form.open().contains("long $k")) {
            scope.add(new Variable(names.counter, Type.INT, Variable.Role.COUNTER));
        }
        if (form.element() != null) {
            scope.add(new Variable(
                    names.element, form.element(), form.walks() ? Variable.Role.COUNTER : Variable.Role.FIXED));
        }
    }

    private String fill(String template, Names names) {
        String trips = draw.chance(70) || names.trips < 4
                ? Integer.toString(names.trips)
                : "(1 + (" + expressions.integer() + " & " + (Integer.highestOneBit(names.trips) - 1) + "))";
        return expressions.fill(template.replace("$k", names.counter)
                .replace("$e", names.element)
                .replace("$c", names.collection)
                .replace("$n", trips));
    }

    private record Names(String counter, String element, String collection, int trips) {}
}
