package dev.belay.state;

import java.util.List;

/**
 * A value that a program held before it trained.
 *
 * @param name how people call it, e.g. {@code epochs}, {@code config.rate}
 * @param text what it was
 * @param root name of its local, or of its static field
 * @param isStatic whether the root is a static field
 * @param way from the root's object: references, by their number in the layout of each object; null if there is no such way
 * @param primitive number of the primitive field that it is, or -1
 * @param value itself, where it is plain; else null
 * @param holder the object that holds it, or itself where it is an array; null for what a root holds itself
 */
public record StartValue(
        String name,
        String text,
        String root,
        boolean isStatic,
        List<Integer> way,
        int primitive,
        Object value,
        StartHolder holder) {

    /** Returns whether it is what a local holds itself. */
    public boolean isLocal() {
        return !isStatic && primitive < 0 && way != null && way.isEmpty();
    }
}
