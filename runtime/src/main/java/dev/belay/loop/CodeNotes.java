package dev.belay.loop;

import java.util.List;

/**
 * What people may want to know of a woven method's code.
 *
 * @param sourceFile name of its source file, or empty
 * @param leftAlone its loops without a point, in the order of their heads
 */
public record CodeNotes(String sourceFile, List<LeftAlone> leftAlone) {

    /** Nothing is known. */
    public static final CodeNotes NONE = new CodeNotes("", List.of());

    public CodeNotes {
        leftAlone = List.copyOf(leftAlone);
    }

    /**
     * A loop that is left as it is.
     *
     * @param line source line of its head, or 0
     * @param aroundLine line of the head of the recognised loop directly around it, or 0 where there is none
     * @param why why it gets no point
     */
    public record LeftAlone(int line, int aroundLine, String why) {}
}
