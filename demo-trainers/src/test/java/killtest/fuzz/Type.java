package killtest.fuzz;

import java.util.List;

/**
 * The types of variables. Templates hold {@code $v} for the variable, {@code $i}, {@code $b}, {@code $s} for an int, a
 * boolean and a String expression, and {@code $x} for another variable of the type.
 */
enum Type {
    BOOLEAN("boolean", of("$b"), of("($v ? 3 : 8)"), of("$v = $b;", "$v ^= $b;")),
    BYTE("byte", of("(byte) $i"), of("($v + 0)"), of("$v += $i;", "$v++;", "$v = (byte) ($v >> 1 ^ $i);")),
    CHAR("char", of("(char) ('a' + ($i & 15))"), of("($v + 0)"), of("$v++;", "$v = (char) ($v ^ $i & 7);")),
    SHORT("short", of("(short) $i"), of("($v + 0)"), of("$v -= $i;", "$v = (short) ($v * 3 + 1);")),
    INT("int", of("$i"), of("$v"), of("$v += $i;", "$v = $v * 31 + $i;", "$v ^= $i;", "$v--;", "$v = $x;")),
    LONG("long", of("$i * 1_000_003L"), of("(int) ($v ^ $v >>> 32)"), of("$v = Run.mix($v, $i);", "$v += $i;")),
    FLOAT("float", of("$i * 0.25f"), of("Float.floatToIntBits($v)"), of("$v = $v * 0.9f + $i;")),
    DOUBLE("double", of("$i / 7.0"), of("(int) $v"), of("$v = $v * 0.75 + $i;", "$v = Math.sin($v) * $i;")),
    STRING(
            "String",
            of("$s", "null"),
            of("Run.length($v)", "String.valueOf($v).hashCode()"),
            of("$v = Run.cut($v + $i);", "$v = $s;", "$v += 'x'; $v = Run.cut($v);")),
    INTEGER("Integer", of("$i", "null"), of("Run.of($v)"), of("$v = $i;", "$v = Run.of($v) + 1;", "$v = $x;")),
    LONG_OBJECT("Long", of("(long) $i"), of("$v.intValue()"), of("$v += 3;", "$v = (long) $i;")),
    DOUBLE_OBJECT("Double", of("$i * 0.5"), of("$v.intValue()"), of("$v = $v / 3 + $i;")),
    INTS(
            "int[]",
            of("new int[] {$i, 2, $i, 4}", "new int[5]"),
            of("Run.at($v, $i)"),
            of("Run.put($v, $i, $i);", "$v[0] = $i;", "$v = $v.clone();", "$v = $x;")),
    LONGS(
            "long[]",
            of("new long[] {$i, 7L}", "new long[3]"),
            of("(int) $v[($i & 0x7fffffff) % $v.length]"),
            of("$v[($i & 0x7fffffff) % $v.length] += $i;", "$v = $v.clone();")),
    DOUBLES("double[]", of("new double[4]"), of("(int) $v[1]"), of("$v[$i & 3] = $v[2] * 0.5 + $i;", "$v[0]++;")),
    FLAGS("boolean[]", of("new boolean[3]"), of("($v[1] ? 1 : 0)"), of("$v[1] = $b;", "$v[2] |= $b;")),
    GRID(
            "int[][]",
            of("new int[3][2]", "new int[][] {{$i}, {1, $i}, {5, 6, 7}}"),
            of("Run.at($v[($i & 0x7fffffff) % $v.length], $i)"),
            of("Run.put($v[($i & 0x7fffffff) % $v.length], $i, $i);", "$v[0] = $v[1];", "$v[2] = new int[] {$i};")),
    STRINGS("String[]", of("new String[] {$s, \"b\"}"), of("Run.length($v[0])"), of("$v[$i & 1] = $s;")),
    LIST(
            "List<Integer>",
            of("new ArrayList<>()", "new ArrayList<>(Run.range(4))", "new LinkedList<>(Run.range(3))", "$x"),
            of("Run.at($v, $i)", "$v.size()"),
            of(
                    "Run.add($v, $i);",
                    "Run.remove($v, $i);",
                    "Collections.reverse($v);",
                    "Collections.sort($v);",
                    "$v = $x;")),
    WORDS(
            "List<String>",
            of("new ArrayList<>(Run.words(3))", "new LinkedList<>()"),
            of("$v.size()", "$v.hashCode()"),
            of("Run.add($v, $s);", "Run.remove($v, $i);")),
    DEQUE(
            "Deque<Integer>",
            of("new ArrayDeque<>(Run.range(3))", "new LinkedList<>()"),
            of("Run.of($v.peek())", "$v.size()"),
            of("if ($v.size() < 12) { $v.addLast($i); }", "$v.addFirst($i); $v.pollLast();", "$v.poll();")),
    COUNTS(
            "Map<String, Integer>",
            of(
                    "new HashMap<>()",
                    "new LinkedHashMap<>()",
                    "new TreeMap<>()",
                    "new TreeMap<>((p, q) -> q.compareTo(p))"),
            of("Run.of($v.get($s))", "$v.size()", "$v.hashCode()"),
            of("$v.merge($s, $i, Integer::sum);", "$v.put($s, $i);", "$v.remove($s);")),
    NUMBERS(
            "Map<Integer, Long>",
            of("new HashMap<>()", "new TreeMap<>()", "new LinkedHashMap<>(16, 0.75f, true)"),
            of("$v.getOrDefault($i & 15, 4L).intValue()", "$v.size()"),
            of("$v.put($i & 15, $i * 3L);", "$v.remove($i & 15);", "$v.merge($i & 7, 1L, Long::sum);")),
    NAMES(
            "Set<String>",
            of("new HashSet<>(Run.words(3))", "new LinkedHashSet<>()", "new TreeSet<>()"),
            of("($v.contains($s) ? 1 : 2)", "$v.size()"),
            of("$v.add($s);", "$v.remove($s);")),
    QUEUE(
            "PriorityQueue<Integer>",
            of("new PriorityQueue<>(Run.range(3))", "new PriorityQueue<>()"),
            of("Run.of($v.peek())"),
            of("if ($v.size() < 9) { $v.add($i); }", "$v.poll();")),
    COLOUR(
            "Colour",
            of("Colour.values()[$i & 3]", "Colour.RED"),
            of("$v.weight($i)", "$v.ordinal()"),
            of("$v = Colour.values()[$v.ordinal() + 1 & 3];", "$v = Colour.valueOf(\"BLUE\");")),
    CHOICE(
            "EnumMap<Colour, Integer>",
            of("new EnumMap<>(Colour.class)"),
            of("$v.size()"),
            of("$v.put(Colour.RED, $i);")),
    POINT("Point", of("new Point($i, $s)"), of("$v.x()"), of("$v = new Point($v.x() + $i, $v.name());", "$v = $x;")),
    NODE(
            "Node",
            of("new Node($i, null)", "new Node($i, $x)", "null"),
            of("Node.value($v)", "Node.length($v)"),
            of(
                    "$v = new Node($i, $v); Node.cut($v);",
                    "if ($v != null) { $v.other = $x; }",
                    "if ($v != null) { $v.value += $i; $v = $v.next; }",
                    "if ($v != null && $v.next != null) { $v.next.other = $v; }",
                    "$v = $x;")),
    BASE(
            "Base",
            of("new Left($i)", "new Right($i)"),
            of("$v.a", "$v.mark($i)"),
            of("$v.a += $i;", "$v.peer = $x;", "$v = $x;")),
    RANDOM(
            "Random",
            of("new Random($i)"),
            of("$v.nextInt(50)"),
            of("$v.nextInt();", "$v.setSeed($i);", "$v.nextGaussian();")),
    SPLIT(
            "SplittableRandom",
            of("new SplittableRandom($i)"),
            of("$v.nextInt(9)"),
            of("$v.nextInt();", "$v = $v.split();")),
    BUILDER(
            "StringBuilder",
            of("new StringBuilder($s)"),
            of("$v.length()"),
            of("$v.append($i); $v.setLength($v.length() & 31);")),
    ATOMIC(
            "AtomicInteger",
            of("new AtomicInteger($i)"),
            of("$v.get()"),
            of("$v.addAndGet($i);", "$v.incrementAndGet();")),
    BITS("BitSet", of("new BitSet()"), of("$v.cardinality()"), of("$v.set($i & 31);", "$v.flip($i & 31);")),
    ITERATOR(
            "Iterator<Integer>",
            of("Run.range(9).iterator()", "new LinkedList<>(Run.range(7)).iterator()", "new Countdown(8)"),
            of("($v.hasNext() ? 5 : 6)", "($v.hasNext() ? $v.next() : 0)"),
            of("if ($v.hasNext()) { $v.next(); }")),
    FUNCTION(
            "IntUnaryOperator",
            of("Run.plus($i)", "IntUnaryOperator.identity()"),
            of("$v.applyAsInt($i)"),
            of("$v = Run.plus($i);")),
    OBJECT(
            "Object",
            of("(Object) $s", "null", "new int[] {$i}"),
            of("Run.kind($v)"),
            of("$v = $i;", "$v = $s;", "$v = null;"));

    private final String text;
    private final List<String> fresh;
    private final List<String> read;
    private final List<String> change;

    Type(String text, List<String> fresh, List<String> read, List<String> change) {
        this.text = text;
        this.fresh = fresh;
        this.read = read;
        this.change = change;
    }

    private static List<String> of(String... templates) {
        return List.of(templates);
    }

    /** Returns how Java writes it. */
    String text() {
        return text;
    }

    /** Returns templates of values. */
    List<String> fresh() {
        return fresh;
    }

    /** Returns templates of int expressions that depend on a variable's state. */
    List<String> read() {
        return read;
    }

    /** Returns templates of statements that change a variable's state; those that assign begin with {@code $v}. */
    List<String> change() {
        return change;
    }
}
