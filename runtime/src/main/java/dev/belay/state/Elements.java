package dev.belay.state;

import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.util.List;

/** The elements of live arrays of one type, one array after the other, as little-endian bytes. Read front to back. */
final class Elements {

    private final Class<?> component;
    private final List<?> arrays;
    private final long count;
    private int array;
    private int at;

    /** @param arrays of primitives of that type */
    Elements(Class<?> component, List<?> arrays) {
        this.component = component;
        this.arrays = arrays;
        long elements = 0;
        for (Object a : arrays) {
            elements += Array.getLength(a);
        }
        this.count = elements;
    }

    String dtype() {
        return ArrayBytes.dtype(component);
    }

    /** Returns the size of one element in bytes. */
    int size() {
        return ArrayBytes.elementSize(component);
    }

    /** Returns how many elements there are. */
    long count() {
        return count;
    }

    long bytes() {
        return count * size();
    }

    /** Goes back to the first element. */
    void rewind() {
        array = 0;
        at = 0;
    }

    /** Fills a buffer, whose room MUST be one of whole elements, and of no more than are left. */
    void read(ByteBuffer to) {
        while (to.hasRemaining()) {
            Object from = arrays.get(array);
            int n = Math.min(Array.getLength(from) - at, to.remaining() / size());
            ArrayBytes.copyOut(from, at, n, to);
            at += n;
            if (at == Array.getLength(from)) {
                array++;
                at = 0;
            }
        }
    }
}
