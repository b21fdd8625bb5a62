package fuzz;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** Types that all random programs use. */
final class Types {

    private Types() {}

    enum Colour {
        RED,
        GREEN {
            @Override
            int weight(int x) {
                return x + 1;
            }
        },
        BLUE,
        GREY;

        int weight(int x) {
            return x * 2 - ordinal();
        }
    }

    static final class Stop extends RuntimeException {
        private static final long serialVersionUID = 1;

        Stop(String message) {
            super(message);
        }
    }

    static final class Halt extends Exception {
        private static final long serialVersionUID = 1;

        Halt(String message) {
            super(message);
        }
    }

    static final class Point {
        private final int x;
        private final String name;

        Point(int x, String name) {
            this.x = x;
            this.name = name;
        }

        int x() {
            return x;
        }

        String name() {
            return name;
        }

        @Override
        public String toString() {
            return "Point[x=" + x + ", name=" + name + "]";
        }
    }

    /** A list that ends, with references that may form cycles. */
    static final class Node implements Run.Fielded {
        int value;
        Node next;
        Node other;

        Node(int value, Node next) {
            this.value = value;
            this.next = next;
        }

        static int value(Node n) {
            return n == null ? -3 : n.value + (n.other == null ? 0 : n.other.value);
        }

        static int length(Node n) {
            int length = 0;
            for (Node p = n; p != null && length < 50; p = p.next) {
                length++;
            }
            return length;
        }

        static void cut(Node n) {
            int length = 0;
            for (Node p = n; p != null; p = p.next) {
                if (++length == 6) {
                    p.next = null;
                }
            }
        }

        static Node chain(int n) {
            Node head = null;
            for (int i = 0; i < n; i++) {
                head = new Node(i, head);
            }
            return head;
        }

        @Override
        public Object[] fields() {
            return new Object[] {value, next, other};
        }
    }

    abstract static class Base implements Run.Fielded {
        int a;
        Base peer;
        protected final int[] cells = new int[3];

        Base(int a) {
            this.a = a;
        }

        abstract int work(int x);

        int mark(int x) {
            cells[x & 1] += a;
            return cells[x & 1];
        }

        @Override
        public Object[] fields() {
            return new Object[] {a, peer, cells, getClass().getSimpleName()};
        }
    }

    interface Worker {
        int go(int x);
    }

    interface Op<T extends Number> {
        T apply(T x);
    }

    static final class Countdown implements Iterator<Integer> {
        private int left;

        Countdown(int left) {
            this.left = left;
        }

        @Override
        public boolean hasNext() {
            return left > 0;
        }

        @Override
        public Integer next() {
            return left--;
        }
    }

    /** Its iterator fetches in hasNext. */
    static final class Span implements Iterable<Integer> {
        private final int size;

        Span(int size) {
            this.size = size;
        }

        @Override
        public Iterator<Integer> iterator() {
            return new Iterator<Integer>() {
                private Integer ready;
                private int at;

                @Override
                public boolean hasNext() {
                    if (ready == null && at < size) {
                        ready = at++ * 7;
                    }
                    return ready != null;
                }

                @Override
                public Integer next() {
                    if (ready == null) {
                        throw new NoSuchElementException("hasNext was not called");
                    }
                    Integer given = ready;
                    ready = null;
                    return given;
                }
            };
        }
    }

    /** Takes no more than so many. */
    static final class Bounded extends ArrayList<Integer> {
        private static final long serialVersionUID = 1;
        private final int most;

        Bounded(int most) {
            this.most = most;
        }

        @Override
        public boolean add(Integer x) {
            return size() < most && super.add(x);
        }
    }
}
