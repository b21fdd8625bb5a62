package dev.belay.state;

/**
 * A set or map in whose order nothing may be computed: the order is another one in every JVM, with or without Belay.
 *
 * @param path to it, e.g. {@code Trainer.run/seen}
 */
public record Unordered(String path, Cause cause) {

    /** What the order depends on. */
    public enum Cause {
        /** Identity hash codes of its keys. */
        IDENTITY,
        /** A number that the JDK draws at start, for its immutable sets and maps. */
        SALT
    }
}
