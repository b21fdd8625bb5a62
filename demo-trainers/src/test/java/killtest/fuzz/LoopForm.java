package killtest.fuzz;

import java.util.List;

/**
 * A way to write a loop, in templates with {@code $n} for its trips, {@code $k}, {@code $e}, {@code $c} for a counter, an
 * element and what it loops over.
 *
 * @param before statements before it
 * @param open what begins an iteration
 * @param middle what comes between the halves of its body; empty if it has one body
 * @param close what ends it
 * @param element type of {@code $e}; null if there is none
 * @param continues whether {@code continue} ends
 */
record LoopForm(String before, String open, String middle, String close, Type element, boolean continues) {

    static final List<LoopForm> ALL = List.of(
            counted("for (int $k = 0; $k < $n; $k++) {"),
            counted("for (int $k = $n; $k > 0; $k--) {"),
            counted("for (int $k = 0, $c = $n; $k < $c; $k += 1) {"),
            counted("for (int $k = 0; ; $k++) { if ($k >= $n) { break; }"),
            counted("for (int $k = -1; ++$k < $n; ) {"),
            form("int $k = 0;", "while ($k++ < $n) {", null),
            form("int $k = 0;", "while ($b && $k < $n) { $k++;", null),
            form("int $k = $n;", "while ($k-- > 0 && Run.small($i) != 3) {", null),
            form("Random $c = new Random($i); int $k = 0;", "while ($c.nextInt(5) != 0 && $k++ < $n) {", null),
            ending("int $k = 0;", "do {", "} while (++$k < $n);", true),
            ending("int $k = 0;", "do {", "} while (++$k < $n && $b);", true),
            middle("while (true) {", "if (++$k >= $n) { break; }"),
            middle("for (;;) {", "if ($b || $k++ > $n - 2) { break; }"),
            middle("do {", "if ($k >= $n) { break; }").closed("} while ($k++ < $n);"),
            ending(
                    "int $k = 0;",
                    "while (true) { try {",
                    "break; } catch (Stop $c) { if (++$k >= $n) { break; } } }",
                    false),
            over("Run.range($n)", Type.INT),
            over("new ArrayList<>(Run.range($n + 2)).subList(1, $n + 1)", Type.INTEGER),
            over("new LinkedList<>(Run.range($n))", Type.INTEGER),
            over("new ArrayDeque<>(Run.range($n))", Type.INT),
            over("new Span($n)", Type.INT),
            over("Run.array($n)", Type.INT),
            over("Run.grid($n)", Type.INTS),
            over("Run.words($n)", Type.STRING),
            over("new HashSet<>(Run.words($n))", Type.STRING),
            over("new TreeMap<>(Run.map($n)).keySet()", Type.STRING),
            over("Run.map($n).values()", Type.INTEGER),
            over("Run.word($n).toCharArray()", Type.CHAR),
            form(
                    "",
                    "for (Map.Entry<String, Integer> $c : Run.map($n).entrySet()) { int $e = $c.getValue();",
                    Type.INT),
            form("", "for (Iterator<Integer> $c = new Countdown($n); $c.hasNext(); ) { int $e = $c.next();", Type.INT),
            form("Node $c = Node.chain($n);", "for (Node $e = $c; $e != null; $e = $e.next) {", Type.NODE),
            form(
                    "Iterator<Integer> $c = new ArrayList<>(Run.range($n)).iterator();",
                    "while ($c.hasNext()) { int $e = $c.next(); if ($b) { $c.remove(); }",
                    Type.INT),
            form(
                    "Deque<Integer> $c = new ArrayDeque<>(); $c.add($i); int $k = 0;",
                    "while (!$c.isEmpty() && $k++ < $n) { int $e = $c.poll(); $c.add($e + 1); if ($b) { $c.push($i); }",
                    Type.INT),
            form(
                    "List<Integer> $c = new ArrayList<>(); $c.add($i);",
                    "for (int $k = 0; $k < $c.size(); $k++) { int $e = $c.get($k); if ($c.size() < $n) { $c.add($i); }",
                    Type.INT),
            form(
                    "List<Integer> $c = new Bounded($n); $c.add(1);",
                    "for (int $k = 0; $k < $c.size(); $k++) { int $e = $c.get($k); $c.add($i);",
                    Type.INT));

    private static LoopForm counted(String open) {
        return form("", open, null);
    }

    private static LoopForm form(String before, String open, Type element) {
        return new LoopForm(before, open, "", "}", element, true);
    }

    private static LoopForm ending(String before, String open, String close, boolean continues) {
        return new LoopForm(before, open, "", close, null, continues);
    }

    private static LoopForm middle(String open, String test) {
        return new LoopForm("int $k = 0;", open, test, "}", null, false);
    }

    private static LoopForm over(String elements, Type element) {
        return form("", "for (" + element.text() + " $e : " + elements + ") {", element);
    }

    private LoopForm closed(String end) {
        return new LoopForm(before, open, middle, end, element, continues);
    }

    /** Returns whether it counts in {@code $k}. */
    boolean counts() {
        return before.contains("$k") || open.contains("$k");
    }

    /** Returns whether its counter is a variable of the block around it. */
    boolean countsOutside() {
        return before.contains("$k");
    }

    /** Returns whether its element is a variable that goes on by itself. */
    boolean walks() {
        return open.contains("$e = $e.");
    }

    /** Returns whether a Stop thrown in its body is caught by it. */
    boolean catchesStop() {
        return close.contains("catch (Stop");
    }
}
