package dev.belay.engine;

import java.util.Locale;

/**
 * What an examination of a machine or a directory found.
 *
 * @param what one word, as keys are written
 * @param text one line; of trouble also what to do
 */
public record Finding(String what, Level level, String text) {

    /** How bad it is. */
    public enum Level {
        OK,
        /** Programs run, but something is worth knowing. */
        WARNING,
        /** Checkpoints would fail. */
        TROUBLE;

        /** Returns the word that users read. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Finding ok(String what, String text) {
        return new Finding(what, Level.OK, text);
    }

    static Finding warning(String what, String text) {
        return new Finding(what, Level.WARNING, text);
    }

    static Finding trouble(String what, String text) {
        return new Finding(what, Level.TROUBLE, text);
    }
}
