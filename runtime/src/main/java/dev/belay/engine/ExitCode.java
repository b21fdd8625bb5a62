package dev.belay.engine;

import java.util.function.Consumer;

/** Exit codes of the outside contract. */
public enum ExitCode {
    DAMAGE(3),
    NOTHING_TO_RESUME(4),
    INCOMPATIBLE(5),
    USAGE(64),
    POSITION_MISSED(70),
    FENCED(75);

    private static volatile Consumer<ExitCode> told = code -> {};

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** Has somebody told before the process is ended; one for the process. */
    static void tell(Consumer<ExitCode> somebody) {
        told = somebody;
    }

    /**
     * Ends the process at once. Shutdown hooks do not run: where Belay ends a program, the program's state is not one
     * that it may save.
     */
    public void end() {
        told.accept(this);
        System.out.flush();
        Runtime.getRuntime().halt(code);
    }
}
