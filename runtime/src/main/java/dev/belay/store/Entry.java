package dev.belay.store;

import java.util.Optional;

/**
 * A directory of the store, for people.
 *
 * @param directoryName in the store's directory
 * @param standing what it is to the store
 * @param manifest what it says about itself; empty if it cannot be read
 */
public record Entry(String directoryName, Standing standing, Optional<Manifest> manifest) {

    /** What a directory is to the store. */
    public enum Standing {
        /** A checkpoint that a resume may take. */
        COMMITTED,
        /** The same, but another checkpoint has taken its name. */
        SUPERSEDED,
        /** In the log, but there is no directory. */
        MISSING,
        /** Failed a verification. */
        DAMAGED,
        /** Not in the log: its attempt was killed or fenced before the commit, or the log is damaged. */
        UNCOMMITTED
    }
}
