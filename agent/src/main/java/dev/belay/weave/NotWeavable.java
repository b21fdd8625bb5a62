package dev.belay.weave;

/** A method or class is left as it is; the message says why. */
final class NotWeavable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotWeavable(String why) {
        super(why);
    }
}
