package dev.belay.engine;

/** Exit codes of the outside contract. */
public enum ExitCode {
    DAMAGE(3),
    NOTHING_TO_RESUME(4),
    INCOMPATIBLE(5),
    USAGE(64),
    POSITION_MISSED(70),
    FENCED(75);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /**
     * Ends the process at once. Shutdown hooks do not run: where Belay ends a program, the program's state is not one
     * that it may save.
     */
    public void end() {
        System.out.flush();
        Runtime.getRuntime().halt(code);
    }
}
