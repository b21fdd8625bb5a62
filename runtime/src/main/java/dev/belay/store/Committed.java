package dev.belay.store;

/**
 * A checkpoint that the log commits. Whether it is intact, {@link CheckpointStore#verify} says.
 *
 * @param directoryName where it is now, in the store's directory
 * @param seq its place in the order of all checkpoints of the store
 * @param parent seq of the checkpoint it continues, or 0
 * @param step updates done
 * @param attempt id of the attempt that wrote it
 * @param sha256 of its manifest
 */
public record Committed(String directoryName, long seq, long parent, long step, String attempt, String sha256) {

    /** Returns whether another checkpoint of its step has taken its name: it is never deleted by itself. */
    public boolean superseded() {
        return !FileNames.isCheckpoint(directoryName);
    }
}
