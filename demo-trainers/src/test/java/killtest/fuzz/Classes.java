package killtest.fuzz;

import java.util.List;

/** The classes of a program whose methods are generated: they train where a hierarchy, an interface or a bridge is between. */
final class Classes {

    private static final int BUDGET = 10;

    private final Draw draw;
    private final Scope scope;
    private final Code code;
    private final Statements statements;

    Classes(Draw draw, Scope scope, Code code, Statements statements) {
        this.draw = draw;
        this.scope = scope;
        this.code = code;
        this.statements = statements;
    }

    void write() {
        if (statements.language().release() >= 17) {
            code.line("record Point(int x, String name) {}");
        }
        left();
        right();
        worker();
        adder();
        statements.callable(new Routine("$v.work($a)", Type.BASE, List.of(Type.INT), Type.INT, 3 * BUDGET, false));
        statements.callable(new Routine("new Ints().many($a)", null, List.of(Type.INT), Type.INT, 3 * BUDGET, false));
        statements.callable(new Routine("OP.apply($a)", null, List.of(Type.INT), Type.INT, BUDGET, false));
        statements.callable(new Routine("new Right($a)", null, List.of(Type.INT), Type.BASE, BUDGET, false));
    }

    private void left() {
        code.open("static class Left extends Base {");
        code.line("Left(int a) { super(a + 1); }");
        method("@Override int work(int x) {", "a + x");
        code.close();
    }

    private void right() {
        code.open("static final class Right extends Left {");
        code.open("Right(int a) {");
        code.line("super(a ^ 5);");
        block("a", Type.INT, false);
        code.close();
        code.line("@Override int work(int x) { a += 2; return super.work(x) ^ cells[0]; }");
        method("@Override int mark(int x) {", "super.mark(x) + a");
        code.close();
    }

    private void worker() {
        code.open("interface Many extends Worker {");
        code.open("default int many(int x) {");
        block("x", Type.INT, false);
        code.line("return go(x) * 3 + go(x + 1);");
        code.close();
        code.close();
        code.open("static final class Ints implements Many {");
        code.line("int a = " + draw.below(5) + ";");
        method("@Override public int go(int x) {", "a++ - x");
        code.close();
    }

    private void adder() {
        code.open("static final class Adder implements Op<Integer> {");
        code.line("private int a;");
        code.open("@Override public Integer apply(Integer x) {");
        block("x", Type.INTEGER, true);
        code.line("return x == null ? a : Integer.valueOf(a + x);");
        code.close();
        code.close();
        code.line("static final Op<Integer> OP = new Adder();");
    }

    private void method(String head, String result) {
        code.open(head);
        block("x", Type.INT, true);
        code.line("return " + result + ";");
        code.close();
    }

    /** @param field whether there is a field {@code a} */
    private void block(String parameter, Type type, boolean field) {
        int mark = scope.enter();
        if (field) {
            scope.add(new Variable("a", Type.INT, Variable.Role.FIELD));
        }
        scope.add(new Variable(parameter, type, Variable.Role.LOCAL));
        statements.block(Place.body(BUDGET, null).inside().inside());
        scope.leave(mark);
    }
}
