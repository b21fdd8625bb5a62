package dev.belay.loop;

/**
 * The head of a recognised loop.
 *
 * @param method {@link MethodShape#key()} of its method
 * @param index its point
 */
public record LoopHead(String method, int index) {

    /** Reads what {@link #text} wrote. */
    public static LoopHead of(String text) {
        int at = text.lastIndexOf('@');
        return new LoopHead(text.substring(0, at), Integer.parseInt(text.substring(at + 1)));
    }

    /** Returns it as one word. */
    public String text() {
        return method + "@" + index;
    }
}
