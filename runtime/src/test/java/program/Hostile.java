package program;

import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.Iterator;
import java.util.Set;

/** Classes of a program that look like the JDK's: each of their methods throws. */
public final class Hostile {

    private Hostile() {}

    private static AssertionError called() {
        return new AssertionError("a method of the program was called");
    }

    /** A list. */
    public static final class ItsList extends AbstractList<Object> {
        public final Object held = new int[40];

        @Override
        public Object get(int index) {
            throw called();
        }

        @Override
        public int size() {
            throw called();
        }

        @Override
        public int hashCode() {
            throw called();
        }

        @Override
        public boolean equals(Object o) {
            throw called();
        }
    }

    /** A map. */
    public static final class ItsMap extends AbstractMap<Object, Object> {
        @Override
        public Set<Entry<Object, Object>> entrySet() {
            throw called();
        }
    }

    /** An iterator. */
    public static final class ItsIterator implements Iterator<Object> {
        @Override
        public boolean hasNext() {
            throw called();
        }

        @Override
        public Object next() {
            throw called();
        }
    }

    /** A record. */
    public record ItsRecord(int value) implements Comparable<ItsRecord> {
        @Override
        public int compareTo(ItsRecord o) {
            throw called();
        }

        @Override
        public int value() {
            throw called();
        }

        @Override
        public int hashCode() {
            throw called();
        }

        @Override
        public boolean equals(Object o) {
            throw called();
        }
    }
}
