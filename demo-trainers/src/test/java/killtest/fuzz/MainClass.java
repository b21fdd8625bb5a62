package killtest.fuzz;

import java.util.ArrayList;
import java.util.List;

/** Writes the one class of a program. */
final class MainClass {

    private static final List<String> IMPORTS = List.of(
            "fuzz.Types.*",
            "java.util.*",
            "java.util.concurrent.atomic.*",
            "java.util.function.*",
            "java.util.stream.*");

    private final Draw draw;
    private final String name;
    private final Code code = new Code();
    private final Scope scope;
    private final Statements statements;
    private final boolean instance;

    MainClass(Draw draw, String name, Language language) {
        this.draw = draw;
        this.name = name;
        this.scope = new Scope(draw);
        this.statements = new Statements(draw, scope, code, language);
        this.instance = draw.chance(50);
    }

    /** @param step declarations that make the step */
    String write(List<String> step) {
        code.line("package fuzz;");
        code.line("");
        IMPORTS.forEach(i -> code.line("import " + i + ";"));
        code.line("");
        code.open("final class " + name + " {");
        code.line("private static final Object LOCK = new Object();");
        code.line("private static long total;");
        step.forEach(code::line);
        new Classes(draw, scope, code, statements).write();
        statements.allTypes();
        List<String> statics = fields("static ");
        List<String> own = instance ? fields("") : List.of();
        new Methods(draw, scope, code, statements, instance ? "" : "static ").write();
        train();
        main(statics, own);
        code.close();
        return code.toString();
    }

    private List<String> fields(String modifier) {
        List<String> names = new ArrayList<>();
        for (int i = draw.between(2, 5); i > 0; i--) {
            Type type = statements.type();
            String field = scope.name("g");
            code.line(modifier + type.text() + " " + field + " = "
                    + statements.expressions().value(type) + ";");
            scope.add(new Variable(field, type, Variable.Role.FIELD));
            names.add(field);
        }
        return names;
    }

    private void train() {
        code.open((instance ? "" : "static ") + "int train(int x) {");
        int mark = scope.enter();
        scope.add(new Variable("x", Type.INT, Variable.Role.LOCAL));
        Place place = Place.body(draw.between(100, 1000), draw.chance(40) ? Type.INT : null);
        statements.declarations(draw.between(3, 7));
        if (statements.language().named() || draw.chance(30)) { // what is named MUST have a loop that javac cannot drop
            code.open("for (int round = 0; round < 2; round++) {");
            statements.training(place.spending(place.budget() / 2).jumping(List.of("continue")));
            code.close();
        } else {
            statements.training(place);
        }
        code.line("return " + new Methods(draw, scope, code, statements, "").sum() + ";");
        scope.leave(mark);
        code.close();
    }

    private void main(List<String> statics, List<String> own) {
        boolean inConstructor = instance && draw.chance(25);
        if (inConstructor) {
            code.line("int trained;");
            code.line(name + "() { trained = train(5); }");
        }
        code.open("public static void main(String[] args) {");
        List<String> state = new ArrayList<>(statics);
        if (instance) {
            code.line(name + " p = new " + name + "();");
            own.forEach(f -> state.add("p." + f));
        }
        String train = (instance ? "p." : "") + "train(args.length + 3)";
        switch (draw.below(8)) {
            case 0 -> code.line("int result = " + (inConstructor ? "p.trained" : train) + ";");
            case 1 -> code.line("int result = " + train + " ^ " + train + ";");
            default -> code.line("int result = 0;");
        }
        code.open("for (int run = 0; run < 9 && Run.few(); run++) {");
        code.line("result = result * 31 + " + train + ";");
        code.close();
        code.line("Run.end(result, total, " + String.join(", ", state) + ");");
        code.close();
    }
}
