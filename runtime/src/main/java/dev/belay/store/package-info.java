/**
 * Checkpoints on disk: directories, manifests, the commit log that is the one commit mark and fence, verification and
 * retention. Entry class: {@link dev.belay.store.CheckpointStore}; all that changes files goes through
 * {@link dev.belay.store.Disk}.
 */
package dev.belay.store;
