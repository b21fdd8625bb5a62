package killtest.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Blocks of statements. */
final class Statements {

    private static final int DEEPEST = 4;

    private final Draw draw;
    private final Scope scope;
    private final Expressions expressions;
    private final Code code;
    private final Language language;
    private final Loops loops;
    private final Branches branches;
    private final List<Routine> routines = new ArrayList<>();
    private final List<Type> types = new ArrayList<>(List.of(Type.values()));

    Statements(Draw draw, Scope scope, Code code, Language language) {
        this.draw = draw;
        this.scope = scope;
        this.code = code;
        this.language = language;
        this.expressions = new Expressions(draw, scope, language.release());
        this.loops = new Loops(draw, scope, expressions, code, this);
        this.branches = new Branches(draw, scope, expressions, code, this);
        types.remove(Type.BASE); // the classes below it would make one another without an end
    }

    /** The classes are written: from now on variables are of all types. */
    void allTypes() {
        types.add(Type.BASE);
    }

    Type type() {
        return draw.of(types);
    }

    Expressions expressions() {
        return expressions;
    }

    void callable(Routine routine) {
        routines.add(routine);
    }

    /** Writes statements of a block; what they declare is gone behind it. */
    void block(Place place) {
        int mark = scope.enter();
        statements(place);
        scope.leave(mark);
    }

    /** Writes statements; what they declare stays. */
    void statements(Place place) {
        int count = place.depth() == 0 ? draw.between(4, 7) : draw.between(1, place.depth() < 3 ? 4 : 2);
        for (int i = 0; i < count; i++) {
            statement(place.spending(place.budget() / count));
        }
    }

    /** Writes statements that train: a loop with a step in it is among them. */
    void training(Place place) {
        int mark = scope.enter();
        declarations(draw.below(4));
        int phases = draw.between(1, 3);
        for (int i = 0; i < phases; i++) {
            statements(place.spending(place.budget() / phases / 3));
            loops.loop(place.spending(place.budget() * 2 / phases / 3), true);
        }
        scope.leave(mark);
    }

    void declarations(int count) {
        for (int i = 0; i < count; i++) {
            declare(draw.of(types));
        }
    }

    private void statement(Place place) {
        int kind = draw.below(22);
        boolean roomy = place.budget() >= 4 && place.depth() < DEEPEST;
        if (kind < 5) {
            change();
        } else if (kind < 7) {
            declare(draw.of(types));
        } else if (kind < 10) {
            step(place);
        } else if (kind < 12) {
            call(place);
        } else if (kind < 13 || !roomy) {
            branches.jump(place);
        } else if (kind < 17) {
            loops.loop(place, false);
        } else {
            branches.branch(place, kind - 17);
        }
    }

    void change() {
        scope.any(v -> true).flatMap(expressions::change).ifPresent(code::line);
    }

    Variable declare(Type type) {
        String name = scope.name("v");
        if (type == Type.INT && draw.chance(30)) {
            code.line("int " + name + ";");
            code.line("if (" + expressions.bool() + ") { " + name + " = " + expressions.integer() + "; } else { " + name
                    + " = " + expressions.integer() + "; }");
        } else {
            code.line(type.text() + " " + name + " = " + expressions.value(type) + ";");
        }
        Variable variable = new Variable(name, type, Variable.Role.LOCAL);
        scope.add(variable);
        return variable;
    }

    /** Writes a step, in one of the ways to call it. */
    void step(Place place) {
        if (place.quiet()) {
            change();
            return;
        }
        String call = step();
        Optional<Variable> into = scope.any(v -> v.assignable() && v.type() == Type.INT);
        switch (draw.below(5)) {
            case 0 ->
                code.line(into.map(v -> v.name() + " = " + expressions.integer() + " + " + call + ";")
                        .orElse(call + ";"));
            case 1 ->
                code.line(into.map(v -> v.name() + " += " + call + " * " + step() + ";")
                        .orElse(call + ";"));
            case 2 ->
                code.line("if (" + call + " > " + draw.below(14) + ") { "
                        + into.map(v -> v.name() + "++;").orElse("") + " }");
            default -> code.line(call + ";");
        }
    }

    String step() {
        return language.step().replace("$a", expressions.integer());
    }

    private void call(Place place) {
        List<Routine> possible = routines.stream()
                .filter(r -> !place.quiet() && r.cost() <= place.budget())
                .filter(r -> !r.throwsStop() || place.thrown().contains("Stop"))
                .filter(r -> r.receiver() == null || scope.any(r.receiver()).isPresent())
                .toList();
        if (possible.isEmpty()) {
            step(place);
            return;
        }
        Routine routine = draw.of(possible);
        String call = call(routine);
        Optional<Variable> into = scope.any(v -> v.assignable() && v.type() == routine.result());
        if (routine.result() == Type.INT && into.isPresent() && draw.chance(60)) {
            String second = routine.cost() * 2 <= place.budget() ? " ^ " + call(routine) : "";
            code.line(into.get().name() + " = " + expressions.integer() + " - " + call + second + ";");
        } else {
            code.line(into.map(v -> v.name() + " = ").orElse("") + call + ";");
        }
    }

    private String call(Routine routine) {
        List<String> arguments = new ArrayList<>();
        for (Type type : routine.parameters()) {
            Optional<Variable> known = scope.any(type);
            arguments.add(known.isPresent() && draw.chance(60) ? known.get().name() : expressions.value(type));
        }
        String receiver = routine.receiver() == null
                ? ""
                : scope.any(routine.receiver()).orElseThrow().name();
        return routine.call().replace("$v", receiver).replace("$a", String.join(", ", arguments));
    }

    Language language() {
        return language;
    }
}
