package killtest.fuzz;

import java.util.List;

/** Writes what is no loop and holds blocks: branches, exceptions, locks, classes and lambdas in the midst of a method. */
final class Branches {

    private static final List<String> EXCEPTIONS = List.of("Stop", "Halt", "IllegalStateException");

    private final Draw draw;
    private final Scope scope;
    private final Expressions expressions;
    private final Code code;
    private final Statements statements;

    Branches(Draw draw, Scope scope, Expressions expressions, Code code, Statements statements) {
        this.draw = draw;
        this.scope = scope;
        this.expressions = expressions;
        this.code = code;
        this.statements = statements;
    }

    /** Writes one; {@code kind} from 0 to 4. */
    void branch(Place place, int kind) {
        switch (kind) {
            case 0 -> choice(place);
            case 1 -> attempt(place);
            case 2 -> selection(place);
            case 3 -> {
                if (draw.chance(50)) {
                    code.open("synchronized (LOCK) {");
                    statements.block(place.inside());
                    code.close();
                } else {
                    String label = scope.name("block");
                    code.open(label + ": {");
                    statements.block(place.inside().jumping(List.of("break " + label)));
                    code.close();
                }
            }
            default -> function(place);
        }
    }

    private void choice(Place place) {
        code.open("if (" + expressions.bool() + ") {");
        statements.block(place.inside());
        if (draw.chance(60)) {
            code.next("} else {");
            statements.block(place.inside());
        }
        code.close();
    }

    private void attempt(Place place) {
        String thrown = draw.of(EXCEPTIONS);
        Place inside = place.inside().spending(place.budget() / 3);
        code.open("try {");
        statements.block(inside.catching(thrown));
        code.line("if (" + expressions.bool() + ") { " + raise(thrown) + " }");
        statements.block(inside.catching(thrown));
        String name = scope.name("x");
        boolean handles = draw.chance(85) || place.thrown().stream().noneMatch(thrown::equals);
        if (handles) {
            code.next("} catch (" + thrown + " " + name + ") {");
            scope.any(v -> v.assignable() && v.type() == Type.INT)
                    .ifPresent(v -> code.line(v.name() + " += String.valueOf(" + name + ".getMessage()).length();"));
            statements.block(inside);
        }
        if (!handles || draw.chance(50)) {
            code.next("} finally {");
            statements.block(new Place(inside.budget(), inside.depth(), List.of(), List.of(), null, inside.quiet()));
        }
        code.close();
    }

    private String raise(String exception) {
        return "throw new " + exception + "(\"at \" + " + expressions.integer() + ");";
    }

    private void selection(Place place) {
        Place inside = place.inside();
        boolean text = draw.chance(30);
        boolean arrows = statements.language().release() >= 17 && draw.chance(50);
        String arrow = arrows ? " -> {" : ": {";
        code.open("switch (" + (text ? expressions.string() : expressions.integer() + " & 3") + ") {");
        for (int i = 0; i < 3; i++) {
            code.open("case " + (text ? "\"" + "xyz".substring(0, i) + "\"" : Integer.toString(i)) + arrow);
            // a break without a label would leave the switch, and in a loop that cannot be continued nothing else is
            // meant
            statements.block(inside.inLoop(List.of()));
            if (!arrows && i != 1) {
                code.line("break;");
            }
            code.close();
        }
        code.open("default" + arrow);
        statements.block(inside.inLoop(List.of()));
        code.close();
        code.close();
    }

    /** Writes a jump, under a condition: what follows stays reachable. */
    void jump(Place place) {
        String condition = "(" + expressions.integer() + " & 7) == " + draw.below(8);
        if (!place.thrown().isEmpty() && draw.chance(40)) {
            code.line("if (" + condition + ") { " + raise(draw.of(place.thrown())) + " }");
        } else if (!place.jumps().isEmpty() && draw.chance(75)) {
            code.line("if (" + condition + ") { " + draw.of(place.jumps()) + "; }");
        } else if (place.result() != null && draw.chance(50)) {
            code.line("if (" + condition + ") { return " + expressions.value(place.result()) + "; }");
        } else {
            statements.change();
        }
    }

    private void function(Place place) {
        if (place.quiet()) {
            statements.change();
        } else if (statements.language().risky() && draw.chance(60)) {
            risky(place);
        } else if (draw.chance(50)) {
            lambda();
        } else {
            worker(place);
        }
    }

    /** A function that captures, and may loop, but makes no step. */
    private void lambda() {
        String captured = scope.name("f");
        String name = scope.name("f");
        String argument = scope.name("y");
        code.line("final int " + captured + " = " + expressions.integer() + ";");
        List<Variable> all = scope.capture();
        scope.add(new Variable(captured, Type.INT, Variable.Role.FIXED));
        scope.add(new Variable(argument, Type.INT, Variable.Role.FIXED));
        if (draw.chance(60)) {
            code.line("IntUnaryOperator " + name + " = " + argument + " -> " + argument + " ^ " + expressions.integer()
                    + ";");
        } else {
            code.open("IntUnaryOperator " + name + " = " + argument + " -> {");
            statements.block(Place.quiet(20));
            code.line("return " + captured + " * " + argument + ";");
            code.close("};");
        }
        scope.restore(all);
        scope.add(new Variable(captured, Type.INT, Variable.Role.FIXED));
        scope.add(new Variable(name, Type.FUNCTION, Variable.Role.LOCAL));
    }

    /** An anonymous class whose method trains. */
    private void worker(Place place) {
        String name = scope.name("worker");
        String argument = scope.name("y");
        List<Variable> all = scope.capture();
        code.open("Worker " + name + " = new Worker() {");
        code.line("int calls = " + draw.below(9) + ";");
        code.open("public int go(int " + argument + ") {");
        scope.add(new Variable(argument, Type.INT, Variable.Role.FIXED));
        scope.add(new Variable("calls", Type.INT, Variable.Role.FIELD));
        statements.block(Place.body(place.budget() / 2, Type.INT).inside());
        code.line("return calls++ + " + argument + ";");
        code.close();
        code.close("};");
        scope.restore(all);
        String call = name + ".go(" + expressions.integer() + ")";
        code.line(scope.any(v -> v.assignable() && v.type() == Type.INT)
                .map(v -> v.name() + " ^= " + call + ";")
                .orElse(call + ";"));
    }

    private void risky(Place place) {
        List<Variable> all = scope.capture();
        String argument = scope.name("q");
        scope.add(new Variable(argument, Type.INT, Variable.Role.FIXED));
        Place body = Place.body(place.budget() / 4, null).inside().inside();
        String open = draw.of(
                "IntStream.range(0, 3).forEach(" + argument + " -> {",
                "Run.range(3).forEach(" + argument + " -> {",
                "Run.array(2)[1] += new int[] {IntStream.of(1, 2).map(" + argument + " -> {");
        code.open(open);
        statements.step(body);
        statements.block(body);
        if (open.contains("map(")) {
            code.line("return " + argument + ";");
            code.close("}).sum()}[0];");
        } else {
            code.close("});");
        }
        scope.restore(all);
    }
}
