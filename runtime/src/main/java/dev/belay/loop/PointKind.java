package dev.belay.loop;

/** The kinds of woven places that hand over or take back locals. */
public enum PointKind {
    /** Head of a recognised loop that holds no other point: costs a test of {@link Points#flag} per iteration. */
    LEAF,
    /** Head of a recognised loop that holds other points: notes its locals at each arrival. */
    OUTER,
    /** A call that may reach a method with points: its live-out locals are noted before it. */
    CALL,
    /** An edge (normal, break or return) that leaves a recognised loop. */
    EXIT,
    /** A handler outside a recognised loop that catches what the loop throws: noted only, nothing is saved there. */
    CATCH
}
