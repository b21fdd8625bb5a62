package dev.belay.store;

/** Is told how far a verification has come. */
@FunctionalInterface
public interface Progress {

    /**
     * @param doneBytes bytes read so far
     * @param totalBytes bytes to read in all, by the manifest
     */
    void read(long doneBytes, long totalBytes);
}
