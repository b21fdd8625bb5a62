package dev.belay.engine.export;

/** A checkpoint that cannot be written in a format. The message is one line for the user: found, expected, what to do. */
public final class NotExportable extends Exception {
    private static final long serialVersionUID = 1L;

    NotExportable(String message) {
        super(message);
    }
}
