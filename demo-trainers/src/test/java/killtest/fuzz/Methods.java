package killtest.fuzz;

import java.util.ArrayList;
import java.util.List;

/** The methods of a program's main class. What is written first may be called by what comes after. */
final class Methods {

    private static final List<Type> RESULTS = List.of(
            Type.INT, Type.INT, Type.INT, Type.LIST, Type.STRING, Type.DOUBLE, Type.NODE, Type.BOOLEAN, Type.LONG);

    private final Draw draw;
    private final Scope scope;
    private final Code code;
    private final Statements statements;
    private final Expressions expressions;
    private final String modifier;

    /** @param modifier {@code static} for methods without an instance, else empty */
    Methods(Draw draw, Scope scope, Code code, Statements statements, String modifier) {
        this.draw = draw;
        this.scope = scope;
        this.code = code;
        this.statements = statements;
        this.expressions = statements.expressions();
        this.modifier = modifier;
    }

    void write() {
        if (draw.chance(60)) {
            recursive();
        }
        int count = draw.between(2, 4);
        for (int i = 0; i < count; i++) {
            method("m" + i, draw.between(5, 60), draw.chance(25));
        }
    }

    private void method(String name, int budget, boolean throwsStop) {
        Type result = draw.chance(20) ? null : draw.of(RESULTS);
        int mark = scope.enter();
        List<Type> parameters = new ArrayList<>();
        List<String> declared = new ArrayList<>();
        for (int i = draw.below(4); i > 0; i--) {
            Type type = statements.type();
            String parameter = scope.name("p");
            parameters.add(type);
            declared.add(type.text() + " " + parameter);
            scope.add(new Variable(parameter, type, Variable.Role.LOCAL));
        }
        code.open(modifier + (result == null ? "void" : result.text()) + " " + name + "(" + String.join(", ", declared)
                + ") {");
        Place place = Place.body(budget, result);
        statements.declarations(draw.below(4));
        statements.statements((throwsStop ? place.catching("Stop") : place).inside());
        if (result != null) {
            code.line("return " + (result == Type.INT ? sum() : expressions.value(result)) + ";");
        }
        code.close();
        scope.leave(mark);
        statements.callable(new Routine(name + "($a)", null, parameters, result, budget, throwsStop));
    }

    private void recursive() {
        code.open(modifier + "int dive(int depth, int x) {");
        int mark = scope.enter();
        scope.add(new Variable("x", Type.INT, Variable.Role.LOCAL));
        code.open("if (depth <= 0) {");
        statements.block(Place.body(6, Type.INT).inside().inside());
        code.line("return x;");
        code.close();
        code.line("int total = x;");
        scope.add(new Variable("total", Type.INT, Variable.Role.LOCAL));
        statements.block(Place.body(6, null).inside().inside());
        code.open(draw.of(
                "for (int i = 0; i < 2; i++) {", "for (int i : new int[] {3, 1}) {", "for (int i = 2; i-- > 0; ) {"));
        code.line("total += dive(depth - 1, x * 2 + i)" + draw.of(";", " * " + statements.step() + ";"));
        code.close();
        code.line("return total;");
        code.close();
        scope.leave(mark);
        statements.callable(
                new Routine("dive(" + draw.between(1, 3) + ", $a)", null, List.of(Type.INT), Type.INT, 40, false));
    }

    /** Returns an expression that depends on the state of most locals, so that they are live where it stands. */
    String sum() {
        StringBuilder sum = new StringBuilder("7");
        for (Variable v : scope.all()) {
            if (v.role() != Variable.Role.FIELD && draw.chance(70)) {
                sum.insert(0, '(')
                        .append(" * 31 + ")
                        .append(expressions.read(v))
                        .append(')');
            }
        }
        return sum.toString();
    }
}
