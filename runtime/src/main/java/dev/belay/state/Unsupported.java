package dev.belay.state;

/** Something cannot be captured or restored exactly. The message says what, why and what to do. */
public final class Unsupported extends RuntimeException {

    private final String what;

    /**
     * @param what the path from the loop's local to the object, or the thing
     * @param why why not, and what to do
     */
    public Unsupported(String what, String why) {
        super(what + ": " + why);
        this.what = what;
    }

    public String what() {
        return what;
    }
}
