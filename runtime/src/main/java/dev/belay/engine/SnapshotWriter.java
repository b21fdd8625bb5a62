package dev.belay.engine;

import dev.belay.state.Snapshot;
import dev.belay.state.SnapshotFiles;
import dev.belay.store.CheckpointWriter;
import dev.belay.store.ManifestInfo;
import dev.belay.store.TrainerState;
import dev.belay.store.TrainingArgs;
import java.io.IOException;
import java.util.Optional;

/**
 * Writes the files of snapshots. The file of the arrays that do not change is shared with the checkpoint before, if it is
 * known or found by comparison to hold the very same bytes. Confined to the writer's thread.
 */
final class SnapshotWriter {

    /** Damage of a file is damage of all checkpoints that share it, so that now and then it is written anew. */
    static final int MOST_SHARERS = 16;

    /** What the file of constant arrays in the newest checkpoint of this line holds, where that is known. */
    private Optional<Object> edition = Optional.empty();

    private int sharers;
    private boolean shared;
    private long releasedNanos;
    private final String trainingArgs;
    private final boolean onlyModel;

    /**
     * @param trainingArgs text of {@code training_args.json}
     * @param onlyModel whether the files that only a resume needs are left out
     */
    SnapshotWriter(String trainingArgs, boolean onlyModel) {
        this.trainingArgs = trainingArgs;
        this.onlyModel = onlyModel;
    }

    /**
     * Writes all files but the manifest.
     *
     * @param parent seq of the checkpoint before, or 0
     */
    void write(CheckpointWriter files, Snapshot snapshot, ManifestInfo info, long parent) throws IOException {
        shared = false;
        releasedNanos = 0;
        for (String name : SnapshotFiles.names(snapshot)) {
            if (onlyModel && !SnapshotFiles.isModel(name)) {
                written(snapshot, name);
            } else if (SnapshotFiles.isConstant(name) && share(files, snapshot, name, parent)) {
                shared = true;
                written(snapshot, name);
            } else {
                files.file(name, channel -> {
                    SnapshotFiles.write(snapshot, name, channel);
                    written(snapshot, name);
                });
            }
        }
        files.file("trainer_state.json", TrainerState.of(info.step(), info.epoch()));
        files.file(TrainingArgs.FILE, trainingArgs);
    }

    /** Before a file is durable: the program need not wait for that. */
    private void written(Snapshot snapshot, String name) {
        snapshot.written(name);
        if (releasedNanos == 0 && snapshot.released()) {
            releasedNanos = System.nanoTime();
        }
    }

    private boolean share(CheckpointWriter files, Snapshot snapshot, String name, long parent) throws IOException {
        if (parent == 0 || sharers >= MOST_SHARERS) {
            return false;
        }
        Optional<Object> now = snapshot.edition(name);
        if (now.isPresent() && now.equals(edition)) {
            return files.share(name, parent);
        }
        boolean same = files.share(name, parent, channel -> SnapshotFiles.write(snapshot, name, channel));
        if (same) {
            edition = now;
        }
        return same;
    }

    /** Notes that what was written last is now the newest checkpoint of this line. */
    void committed(Snapshot snapshot) {
        edition = snapshot.edition(SnapshotFiles.CONSTANT);
        sharers = shared ? sharers + 1 : 1;
    }

    /** Returns the time, as of {@link System#nanoTime}, at which the program's own arrays were no longer read. */
    long releasedNanos() {
        return releasedNanos;
    }
}
