package dev.belay.cli;

/** A command line that cannot be explained. The message is one line for the user: found, expected, what to do. */
final class BadCommand extends Exception {

    private static final long serialVersionUID = 1L;

    BadCommand(String message) {
        super(message);
    }
}
