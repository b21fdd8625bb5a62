package dev.belay.loop;

import java.util.List;

/**
 * One point of a woven method, as known from its bytecode.
 *
 * @param index its position in {@link MethodShape#points()}
 * @param kind what it is
 * @param line source line, or 0
 * @param locals what it hands over, in this order
 * @param around heads of the recognised loops that contain it, outermost first; a head does not contain itself
 * @param loop for an EXIT or CATCH: the head of the loop that it leaves; otherwise -1
 * @param steps for a head: whether a step marker is called in this loop and in no recognised loop inside it
 * @param behindStep whether a step marker may be called on the way from the method's entry to it, outside of loops that
 *     are skipped
 * @param skippable for a head: whether the loop can be branched out of from its head (see {@link Points#landing}); for an
 *     EXIT: whether it is where the loop goes on to when its condition fails
 * @param own how many of its locals the code at the point needs. More only where {@link #canReturn}: the rest is what the
 *     test needs
 */
public record PointShape(
        int index,
        PointKind kind,
        int line,
        List<LocalShape> locals,
        List<Integer> around,
        int loop,
        boolean steps,
        boolean behindStep,
        boolean skippable,
        int own) {

    /** A point that hands over what the code behind it needs. */
    public PointShape(
            int index,
            PointKind kind,
            int line,
            List<LocalShape> locals,
            List<Integer> around,
            int loop,
            boolean steps,
            boolean behindStep,
            boolean skippable) {
        this(index, kind, line, locals, around, loop, steps, behindStep, skippable, -1);
    }

    /**
     * Returns whether it is where one test of an outermost loop failed, and nothing else leads there: the program can be sent
     * back to the test, which has no effect but its result.
     */
    public boolean canReturn() {
        return own >= 0;
    }

    /** Returns locals that were handed over here by their slots. */
    Object[] bySlot(Object[] handed) {
        Object[] slots =
                new Object[locals.stream().mapToInt(LocalShape::slot).max().orElse(-1) + 1];
        for (int i = 0; i < handed.length; i++) {
            slots[locals.get(i).slot()] = handed[i];
        }
        return slots;
    }

    /** Returns what is handed over here of locals that are known by their slots; null for all others. */
    Object[] liveIn(Object[] slots) {
        return locals.stream()
                .map(l -> l.slot() < slots.length ? slots[l.slot()] : null)
                .toArray();
    }

    /** Returns whether it is where a loop is left. */
    public boolean leaves() {
        return kind == PointKind.EXIT || kind == PointKind.CATCH;
    }

    /** Returns whether it is the head of a loop. */
    public boolean isHead() {
        return kind == PointKind.LEAF || kind == PointKind.OUTER;
    }

    public PointShape {
        locals = List.copyOf(locals);
        around = List.copyOf(around);
    }
}
