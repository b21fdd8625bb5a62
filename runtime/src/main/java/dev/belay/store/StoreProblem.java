package dev.belay.store;

/** A directory that cannot be used as it is. The message is one line for the user: found, expected, what to do. */
public final class StoreProblem extends Exception {
    private static final long serialVersionUID = 1L;

    StoreProblem(String message) {
        super(message);
    }

    StoreProblem(String message, Throwable cause) {
        super(message, cause);
    }
}
