package dev.belay.loop;

import java.util.List;
import java.util.OptionalInt;

/** How a loop is left at its head as if its condition had failed. */
public final class WayOut {

    private WayOut() {}

    /**
     * Returns the EXIT point to go to; empty if the code behind each needs what the loop would still have computed before it
     * is left.
     */
    public static OptionalInt of(MethodShape method, PointShape head) {
        return method.points().stream()
                .filter(p -> p.kind() == PointKind.EXIT && p.loop() == head.index() && p.skippable())
                .filter(p -> known(p).stream().allMatch(l -> holds(head, l)))
                .mapToInt(PointShape::index)
                .findFirst();
    }

    /** Returns what the code at an exit needs. */
    private static List<LocalShape> known(PointShape exit) {
        return exit.canReturn() ? exit.locals().subList(0, exit.own()) : exit.locals();
    }

    private static boolean holds(PointShape head, LocalShape local) {
        return head.locals().stream()
                .anyMatch(l -> l.slot() == local.slot() && l.descriptor().equals(local.descriptor()));
    }
}
