package dev.belay.store;

/**
 * A later attempt has taken the store over: this one MUST stop and MUST NOT touch the directory again. Unchecked,
 * because nobody between the store and the end of the process can do anything about it.
 */
public final class Fenced extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Fenced(String message) {
        super(message);
    }
}
