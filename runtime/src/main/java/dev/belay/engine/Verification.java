package dev.belay.engine;

import java.util.List;

/**
 * What reading whole checkpoints found.
 *
 * @param checkpoints in the order of a {@link Listing}
 * @param logDamage what is wrong with the commit log, one line each
 */
public record Verification(List<Verified> checkpoints, List<String> logDamage) {

    /**
     * One checkpoint.
     *
     * @param name its directory
     * @param counts whether a resume may come across it: neither set aside as damaged before, nor uncommitted
     * @param damages one line each, naming the file and in it the first bad block; empty if every byte is as written
     */
    public record Verified(String name, boolean counts, List<String> damages) {

        public Verified {
            damages = List.copyOf(damages);
        }

        public boolean intact() {
            return damages.isEmpty();
        }
    }

    /** Is told how far it has come. */
    @FunctionalInterface
    public interface Watcher {
        void read(String checkpoint, long doneBytes, long totalBytes);
    }

    public Verification {
        checkpoints = List.copyOf(checkpoints);
        logDamage = List.copyOf(logDamage);
    }

    /** Returns whether the log and all that counts are as they were written. */
    public boolean intact() {
        return logDamage.isEmpty() && checkpoints.stream().allMatch(c -> c.intact() || !c.counts());
    }
}
