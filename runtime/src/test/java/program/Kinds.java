package program;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntSupplier;

/** All kinds of classes that a program may write. Every method that a capture must not call throws while forbidden. */
public final class Kinds {

    /** Whether calls of the program's methods throw. */
    public static boolean forbidden;

    public static int counter;
    public static final List<String> NAMES = new ArrayList<>();
    public static final List<String> FIXED = List.of("a", "b", "c");
    public static final java.util.Set<String> STOP = java.util.Set.of("x", "y", "z");

    private Kinds() {}

    static void called() {
        if (forbidden) {
            throw new AssertionError("a method of the program was called");
        }
    }

    /** An enum with state. */
    public enum Stage {
        WARM,
        MAIN {
            @Override
            public String toString() {
                return "main";
            }
        };

        public int hits;
        public final List<Integer> seen = new ArrayList<>();
    }

    /** A plain enum. */
    public enum Color {
        RED,
        GREEN,
        BLUE
    }

    /** A generic record. */
    public record Pair<A, B>(A first, B second) {}

    /** A record whose hash code is an enum's. */
    public record Cell(Color color, int column) {}

    /** A long chain of records. */
    public record Link(int value, Link next) {}

    /** A class with a hash code of its own. */
    public static class Name {
        public final String text;

        public Name(String text) {
            this.text = text;
        }

        @Override
        public boolean equals(Object o) {
            called();
            return o instanceof Name n && n.text.equals(text);
        }

        @Override
        public int hashCode() {
            called();
            return text.hashCode() * 7 + 1;
        }

        @Override
        public String toString() {
            called();
            return text;
        }
    }

    /** A key whose hash code depends on an enum in the usual way. */
    public static final class Usual {
        private final Color color;
        private final String text;

        public Usual(Color color, String text) {
            this.color = color;
            this.text = text;
        }

        @Override
        public boolean equals(Object o) {
            return o instanceof Usual u && u.color == color && u.text.equals(text);
        }

        @Override
        public int hashCode() {
            return Objects.hash(color, text);
        }
    }

    /** A key whose hash code depends on an enum in some way of its own. */
    public static final class Unusual {
        private final Color color;

        public Unusual(Color color) {
            this.color = color;
        }

        @Override
        public boolean equals(Object o) {
            return o instanceof Unusual u && u.color == color;
        }

        @Override
        public int hashCode() {
            return color.hashCode() * 12345 + 6;
        }
    }

    /** A key whose hash code depends on the identities of two objects in a way of its own. */
    public static final class Contact {
        public final Object first;
        public final double[] second;

        public Contact(Object first, double[] second) {
            this.first = first;
            this.second = second;
        }

        @Override
        public boolean equals(Object o) {
            return o instanceof Contact p && p.first == first && p.second == second;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(first) * 77 ^ System.identityHashCode(second) >>> 3;
        }
    }

    /** A sealed type. */
    public sealed interface Shape permits Circle, Square {}

    /** One of it. */
    public record Circle(double radius) implements Shape {}

    /** Another. */
    public static final class Square implements Shape {
        public double side;
    }

    /** A cache whose methods are overridden. */
    public static final class Lru<K, V> extends LinkedHashMap<K, V> {
        private final int most;

        public Lru(int most) {
            super(16, 0.75f, true);
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > most;
        }

        @Override
        public java.util.Set<K> keySet() {
            called();
            return super.keySet();
        }

        @Override
        public java.util.Set<Map.Entry<K, V>> entrySet() {
            called();
            return super.entrySet();
        }
    }

    /** Objects of inner, anonymous and lambda classes that share state with their owner. */
    public static final class Owner {
        public final double[] shared = new double[20];
        public double[] alias = shared;
        public final Inner inner = new Inner();
        public final int[] count = new int[1];
        public final IntSupplier lambda;
        public final IntSupplier other;
        public final DoubleUnaryOperator reference = Math::sqrt;
        public final Object anonymous;
        public Owner self = this;
        public Shape shape = new Circle(1);
        public Comparator<String> order = Comparator.comparing(String::length).thenComparing(Comparator.naturalOrder());

        public Owner() {
            int[] c = count;
            lambda = () -> ++c[0];
            other = () -> c[0] += 10;
            anonymous = new Object() {
                private final double[] held = shared;

                @Override
                public String toString() {
                    return "held " + held[0];
                }
            };
        }

        /** An inner class. */
        public final class Inner {
            public int steps;

            public Owner owner() {
                return Owner.this;
            }
        }
    }

    /** Two lambdas of one class, one of which is chosen. */
    public static final class Chosen {
        public IntSupplier chosen;

        public Chosen(boolean first) {
            IntSupplier one = () -> 1;
            IntSupplier two = () -> 2;
            chosen = first ? one : two;
        }
    }

    /** A holder of one thing. */
    public static final class Box {
        public Object content;

        public Box(Object content) {
            this.content = content;
        }
    }

    /** A node of a long chain. */
    public static final class Node {
        public int value;
        public Node next;
    }

    /** Every primitive type. */
    public static final class Scalars {
        public boolean z;
        public byte b;
        public short s;
        public char c;
        public int i;
        public long l;
        public float f;
        public double d;
        public final int fixed;

        public Scalars(int fixed) {
            this.fixed = fixed;
        }
    }

    /** A lambda that holds on to an object. */
    public static java.util.function.Supplier<Integer> reads(Node node) {
        return () -> node.value;
    }

    /** A map that the program looks at by live values. */
    public static Map<String, Runnable> actions(List<String> log, String... names) {
        Map<String, Runnable> actions = new HashMap<>();
        for (String name : names) {
            actions.put(name, name.startsWith("a") ? () -> log.add("A") : () -> log.add("B"));
        }
        return actions;
    }
}
