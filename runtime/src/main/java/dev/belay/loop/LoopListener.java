package dev.belay.loop;

import java.util.function.Predicate;

/** What a point calls up to; the engine implements it. All calls come on the thread that reached the point. */
public interface LoopListener {

    /** A step is about to begin; a pending resume that meets a step has missed its position. */
    void stepBegins(boolean resumePending);

    /** A step has ended. */
    void stepEnded();

    /**
     * Returns whether the calling thread may be the one that trains, in a program whose step loops are found while it runs.
     *
     * @param nanos how long it has been in one loop
     */
    boolean mayTrain(long nanos);

    /** A loop was found whose iterations are steps from now on. */
    void chose(LoopFrame frame, PointShape head);

    /**
     * Iterations of a step loop that was found have ended.
     *
     * @return after how many more it wants to know of them at the latest
     */
    long stepsEnded(LoopFrame frame, PointShape head, long steps);

    /** A framework object was constructed, e.g. a trainer. */
    void born(String framework, Object object);

    /** The framework began an evaluation pass over one batch. */
    void evaluated();

    /** The program reports a metric; no resume is pending. */
    default void reported(String name, double value) {
        // who saves nothing takes no metrics
    }

    /** The program stored a number into a local variable that was named; no resume is pending. */
    default void stored(String name, double value) {
        // who saves nothing takes no metrics
    }

    /**
     * A framework measured something, a loss say; no resume is pending.
     *
     * @param by what measured it
     * @param result what it returned
     */
    default void measured(String framework, Object by, Object result) {
        // who saves nothing takes no metrics
    }

    /**
     * A call or a loop head that no loop surrounds was reached, for the first time by this activation and whether a resume
     * is pending or not: what the program holds there depends on how it was called alone, unless it has trained before.
     */
    void starts(LoopFrame frame, PointShape point, Object[] locals);

    /**
     * The head of a loop that holds others was reached; no resume is pending.
     *
     * @return whether the loop is to be left there, by its {@link WayOut}
     */
    boolean arrived(LoopFrame frame, PointShape head);

    /** A point was reached while the flag is up and no resume is pending; the listener may capture here. */
    void reached(LoopFrame frame, PointShape point);

    /** A loop was left, other than by an exception; no resume is pending. */
    void left(LoopFrame frame, PointShape exit);

    /**
     * The head of a loop around the saved position was reached on the way down, or the place where the saved run had left
     * a loop.
     *
     * @return the locals to continue with: scalars as they were at the last arrival before the capture
     */
    Object[] inject(LoopFrame frame, PointShape point, Object[] live);

    /**
     * The code that comes next, on the way to the saved point of an activation, may go past it: returns whether nothing is
     * needed there which only that code can make, so that it need not be run.
     *
     * @param live what is there by now, in the order of the saved point's {@link PointShape#locals()}
     */
    boolean mayJump(LoopFrame frame, Object[] live);

    /** The saved call of an outer frame was reached on the way down; returns the locals to continue with. */
    Object[] descend(LoopFrame frame, PointShape call, Object[] live);

    /**
     * As {@link #descend}, where no loop was entered or skipped yet: all objects are what they were when the saved run came
     * here, and MUST stay so, as what the program does next may depend on them.
     */
    Object[] start(LoopFrame frame, PointShape call, Object[] live);

    /** The saved position itself was reached: everything is filled; returns the locals to continue with. */
    Object[] resume(int depth, PointShape point, Object[] live);

    /**
     * The body of a lambda is called as it was in the saved run, where it had returned or was running.
     *
     * @return what it returned; null for one that was running
     */
    Object repeated(LoopFrame body);

    /**
     * A call of the JDK is about to be made that may call the bodies of lambdas.
     *
     * @param caller internal name of the class that calls
     * @param called name of the method that is called
     * @param operands the object and the arguments of the call, and what else is on the stack below them
     * @param isBody whether what a method returns is noted, by {@link MethodShape#key()}
     * @return what it goes over; null if it may call other code of the program
     */
    Object[] source(String caller, String called, Object[] operands, Predicate<String> isBody);

    /** The program took another path than the saved run; MUST not return. */
    void missed(String found);
}
