package dev.belay.engine;

/** A directory that cannot be shown. The message is one line for the user: found, expected, what to do. */
public final class InspectionProblem extends Exception {

    private static final long serialVersionUID = 1L;
    private static final int ERROR = 1;

    private final int exitCode;

    private InspectionProblem(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** There is nothing to look at. */
    public static InspectionProblem nothing(String message) {
        return new InspectionProblem(ExitCode.NOTHING_TO_RESUME.code(), message);
    }

    static InspectionProblem damaged(String message) {
        return new InspectionProblem(ExitCode.DAMAGE.code(), message);
    }

    /** What is there cannot be looked at. */
    public static InspectionProblem refused(String message) {
        return new InspectionProblem(ERROR, message);
    }

    /** Another program has the directory, or may have it. */
    static InspectionProblem held(String message) {
        return new InspectionProblem(ExitCode.INCOMPATIBLE.code(), message);
    }

    static InspectionProblem fenced(String message) {
        return new InspectionProblem(ExitCode.FENCED.code(), message);
    }

    /** Returns the exit code of the outside contract. */
    public int exitCode() {
        return exitCode;
    }
}
