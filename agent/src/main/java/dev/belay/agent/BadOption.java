package dev.belay.agent;

/** An option that cannot be understood; the message is one line that names it, its source and what is valid. */
final class BadOption extends Exception {

    private static final long serialVersionUID = 1L;

    BadOption(String message) {
        super(message.replaceAll("\\p{Cntrl}", "?"));
    }
}
