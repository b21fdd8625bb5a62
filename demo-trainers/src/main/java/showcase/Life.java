package showcase;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What was seen of one training process from its start to its end. */
final class Life {

    private final List<Double> stallsMillis = new ArrayList<>();
    private int resumedStep;
    private Duration untilResumed;
    private int lastStep;
    private int lastCommitted;
    private String finalLine = "";
    private Duration length = Duration.ZERO;
    private boolean killed;
    private int exitCode;

    /** Takes note of a line that came {@code at} after the process's start. */
    void note(Output output, Duration at) {
        if (output instanceof Output.Step s) {
            lastStep = s.step();
        } else if (output instanceof Output.Committed c) {
            lastCommitted = c.step();
            stallsMillis.add(c.stallMillis());
        } else if (output instanceof Output.Resumed r) {
            resumedStep = r.step();
            lastStep = r.step();
            untilResumed = at;
        } else if (output instanceof Output.Final f) {
            finalLine = f.line();
        }
    }

    void ended(boolean wasKilled, int code, Duration after) {
        killed = wasKilled;
        exitCode = code;
        length = after;
    }

    /** Returns the step behind which the process went on; 0 if it started from the beginning. */
    int resumedStep() {
        return resumedStep;
    }

    /** Returns the time from the process's start until it was back in its loop; null if it was not resumed. */
    Duration untilResumed() {
        return untilResumed;
    }

    /** Returns the last step that the process finished. */
    int lastStep() {
        return lastStep;
    }

    /** Returns the step of the last checkpoint that was committed in this life; 0 if none was. */
    int lastCommitted() {
        return lastCommitted;
    }

    List<Double> stallsMillis() {
        return stallsMillis;
    }

    /** Returns the program's last line, {@code FINAL <sha256>}; empty if it did not come so far. */
    String finalLine() {
        return finalLine;
    }

    Duration length() {
        return length;
    }

    boolean killed() {
        return killed;
    }

    int exitCode() {
        return exitCode;
    }
}
