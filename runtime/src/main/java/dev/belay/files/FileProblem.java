package dev.belay.files;

/** A file cannot be continued exactly. */
public final class FileProblem extends Exception {

    private static final long serialVersionUID = 1L;

    private final String what;
    private final String why;

    FileProblem(String what, String why) {
        super(what + ": " + why);
        this.what = what;
        this.why = why;
    }

    /** Returns the file or stream. */
    public String what() {
        return what;
    }

    /** Returns {@code <why>; <what to do>}. */
    public String why() {
        return why;
    }
}
