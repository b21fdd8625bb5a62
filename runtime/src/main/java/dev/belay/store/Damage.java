package dev.belay.store;

/** A file of ours is not what was written. The message says how, without the file's name. */
final class Damage extends Exception {
    private static final long serialVersionUID = 1L;

    Damage(String message) {
        super(message);
    }
}
