package dev.belay.engine;

import dev.belay.loop.LoopFrame;
import dev.belay.loop.LoopTracker;
import dev.belay.loop.PointShape;
import dev.belay.state.Unsupported;
import java.util.Map;
import java.util.function.Supplier;

/** Leads the program to the saved position, or ends it where it cannot come there. Nothing where no checkpoint was chosen. */
final class PendingResume {

    private final Log log;
    private final ProgramFiles files;
    private LoopTracker tracker;
    private Resumption resumption;

    /** A finished run that goes on and has not made a step yet; else null. */
    private Resumption extended;

    PendingResume(Log log, ProgramFiles files) {
        this.log = log;
        this.files = files;
    }

    /** A checkpoint was chosen; MUST be called before the first woven class runs. */
    void begin(Resumption chosen, LoopTracker loops) {
        resumption = chosen;
        tracker = loops;
        loops.restoreStepLoops(StepCounter.stepLoops(notes()));
        loops.follow(chosen.path());
    }

    /** Returns whether the saved position is still to be reached. */
    boolean pending() {
        return resumption != null;
    }

    /** Returns whether one is pending, and the program was called as in the saved run. */
    boolean unchanged() {
        return resumption != null && !resumption.changed();
    }

    /** Returns what the checkpoint notes. */
    Map<String, String> notes() {
        return resumption.chosen().manifest().notes();
    }

    /** Returns the saved position for people. */
    String position() {
        return resumption.position();
    }

    /** Returns the locals of a loop head, or of where a loop was left, on the way. */
    Object[] inject(LoopFrame frame, PointShape point, Object[] live) {
        int depth = Math.min(frame.depth(), resumption.depth() - 1);
        return guarded(depth, () -> {
            if (point.isHead()) {
                resumption.compare(frame);
            }
            return resumption.inject(frame, point, live);
        });
    }

    /** Returns whether the code on the way to the saved point of an activation need not be run. */
    boolean mayJump(LoopFrame frame, Object[] live) {
        return (Boolean) guarded(frame.depth(), () -> new Object[] {resumption.mayJump(frame, live)})[0];
    }

    /** Returns the locals of an outer frame to continue with, before any loop. */
    Object[] start(LoopFrame frame, PointShape call, Object[] live) {
        return guarded(frame.depth(), () -> {
            resumption.compare(frame);
            return resumption.start(frame, call, live);
        });
    }

    /** Returns the locals of an outer frame to continue with. */
    Object[] descend(LoopFrame frame, PointShape call, Object[] live) {
        return guarded(frame.depth(), () -> {
            resumption.compare(frame);
            return resumption.descend(frame, call, live);
        });
    }

    /**
     * Fills everything; returns the locals of the saved position.
     *
     * @param complete whether the saved position is where the last loop was left
     */
    Object[] resume(LoopFrame top, int depth, PointShape point, Object[] live, boolean complete) {
        return guarded(depth, () -> {
            resumption.compare(top);
            Object[] restored = resumption.resume(depth, live);
            if (complete) {
                resumption.atLastExit(top, point);
            }
            return restored;
        });
    }

    /** Returns what the body of a lambda returned in the saved run; null for the one that was running. */
    Object repeated(LoopFrame body) {
        int depth = Math.min(body.depth(), resumption.depth() - 1);
        return guarded(depth, () -> new Object[] {resumption.repeated(body)})[0];
    }

    private Object[] guarded(int depth, Supplier<Object[]> work) {
        resumption.changedMethod(depth, tracker.methods()).ifPresent(this::incompatible);
        boolean interrupted = Thread.interrupted(); // a thread whose flag is set can read from no channel
        try {
            return work.get();
        } catch (Unsupported e) {
            incompatible(e.getMessage());
            throw e;
        } catch (RuntimeException | Error e) {
            incompatible("internal error " + e + "; please report it"); // what is half filled MUST NOT train
            throw e;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The saved position is reached. */
    void reached(boolean complete) {
        extended = complete && resumption.changed() ? resumption : null;
        System.setProperty("dev.belay.restored", "true");
        resumption = null;
    }

    /** A step was made. */
    void trained() {
        extended = null;
    }

    /** The last loop was left: where it was complete in the saved run already, it MUST have made a step. */
    void leftLast(PointShape exit) {
        if (extended != null) {
            incompatible(extended, extended.leftAgain(exit).getMessage());
        }
    }

    /** The checkpoint does not fit the program: ends the process. */
    void incompatible(String why) {
        incompatible(resumption, why);
    }

    private void incompatible(Resumption which, String why) {
        files.showHeld();
        log.error("REFUSED resume of " + which.chosen().directory() + ": " + why);
        ExitCode.INCOMPATIBLE.end();
    }

    /** The program took another path than the saved run: ends the process. */
    void missed(String found) {
        files.showHeld();
        log.error("POSITION MISSED: the program did not come back to " + resumption.position() + " of "
                + resumption.chosen().directory() + ": " + found
                + "; nothing was overwritten. Call the program as before, or choose another output_dir");
        ExitCode.POSITION_MISSED.end();
        throw new IllegalStateException("unreachable: the process has ended");
    }
}
