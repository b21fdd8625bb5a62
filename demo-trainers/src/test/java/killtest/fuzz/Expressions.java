package killtest.fuzz;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Expressions of all types over what is in scope. None of these calls a routine or makes a step. */
final class Expressions {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$([vibsx])");
    private static final int DEPTH = 2;

    private final Draw draw;
    private final Scope scope;
    private final int release;

    Expressions(Draw draw, Scope scope, int release) {
        this.draw = draw;
        this.scope = scope;
        this.release = release;
    }

    String integer() {
        return integer(DEPTH);
    }

    String bool() {
        return bool(DEPTH);
    }

    private String integer(int depth) {
        if (depth < 0) {
            return scope.any(Type.INT).map(Variable::name).orElseGet(this::literal);
        }
        int kind = depth == 0 ? draw.below(4) : draw.below(14);
        String a = depth == 0 ? "" : integer(depth - 1);
        String b = depth == 0 ? "" : integer(depth - 1);
        return switch (kind) {
            case 0 -> literal();
            case 1, 2, 3 -> read(depth);
            case 4, 5 -> "(" + a + " + " + b + ")";
            case 6 -> "(" + a + " * " + b + ")";
            case 7 -> "(" + a + " ^ " + b + ")";
            case 8 -> "(" + a + " / (" + b + " | 1))";
            case 9 -> "(" + a + " % (" + b + " | 1))";
            case 10 -> "(" + a + " << " + draw.below(5) + ")";
            case 11 -> "(" + a + " >>> " + draw.below(20) + ")";
            case 12 -> "(" + bool(depth - 1) + " ? " + a + " : " + b + ")";
            default ->
                release < 17 || depth == 1
                        ? "(" + a + " - " + b + ")"
                        : "(switch (" + a + " & 3) { case 0 -> " + b + "; case 1, 2 -> " + read(0) + "; default -> "
                                + literal() + "; })";
        };
    }

    private String literal() {
        int value = draw.between(-3, 60);
        return value < 0 ? "(" + value + ")" : Integer.toString(value);
    }

    private String read(int depth) {
        return scope.any(v -> true)
                .map(v -> fill(draw.of(v.type().read()), v, depth - 1))
                .orElseGet(this::literal);
    }

    private String bool(int depth) {
        if (depth < 0) {
            return "(" + integer(depth) + " > " + literal() + ")";
        }
        Optional<Variable> known = scope.any(Type.BOOLEAN);
        return switch (draw.below(depth == 0 ? 3 : 6)) {
            case 0 -> "((" + integer(0) + " & 1) == 0)";
            case 1 -> "(" + integer(0) + " < " + integer(0) + ")";
            case 2 -> known.map(Variable::name).orElseGet(() -> "(" + read(0) + " > 3)");
            case 3 -> "(" + bool(depth - 1) + " && " + bool(depth - 1) + ")";
            case 4 -> "(" + bool(depth - 1) + " || " + bool(depth - 1) + ")";
            default -> "!(" + bool(depth - 1) + ")";
        };
    }

    String string() {
        Optional<Variable> known = scope.any(Type.STRING);
        return switch (draw.below(4)) {
            case 0 -> "\"" + draw.of("x", "yy", "zzz", "") + "\"";
            case 1 -> "(\"w\" + (" + integer(1) + " & 7))";
            case 2 -> known.map(v -> "Run.cut(" + v.name() + " + 'q')").orElse("\"k\"");
            default -> "Run.word(" + integer(1) + ")";
        };
    }

    /** Returns a value for a new variable, or one to hand over. */
    String value(Type type) {
        Optional<Variable> other = scope.any(type);
        List<String> templates = type.fresh().stream()
                .filter(t -> other.isPresent() || !t.contains("$x"))
                .toList();
        return fill(draw.of(templates), null, 1);
    }

    /** Returns what depends on the state of a variable. */
    String read(Variable variable) {
        return fill(draw.of(variable.type().read()), variable, 1);
    }

    /** Returns a statement that changes a variable, if there is a way to. */
    Optional<String> change(Variable variable) {
        List<String> templates = variable.type().change().stream()
                .filter(t -> variable.assignable() || !assigns(t))
                .toList();
        return templates.isEmpty() ? Optional.empty() : Optional.of(fill(draw.of(templates), variable, 1));
    }

    private static boolean assigns(String template) {
        return template.matches(".*\\$v ([-+*^|]?=) .*") || template.contains("$v++") || template.contains("$v--");
    }

    private String fill(String template, Variable variable, int depth) {
        Matcher matcher = PLACEHOLDER.matcher(template);
        return matcher.replaceAll(m -> Matcher.quoteReplacement(
                switch (m.group(1)) {
                    case "v" -> variable.name();
                    case "i" -> integer(depth);
                    case "b" -> bool(depth);
                    case "s" -> string();
                    default ->
                        scope.any(variable == null ? typeOf(template) : variable.type())
                                .map(Variable::name)
                                .orElse("null");
                }));
    }

    private static Type typeOf(String template) {
        for (Type type : Type.values()) {
            if (type.fresh().contains(template)) {
                return type;
            }
        }
        throw new IllegalArgumentException(template);
    }

    /** Fills the placeholders of a template that names no variable. */
    String fill(String template) {
        return fill(template, null, 1);
    }
}
