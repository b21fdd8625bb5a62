package dev.belay.engine;

import dev.belay.store.Attempt;
import dev.belay.store.CheckpointStore;
import dev.belay.store.Committed;
import dev.belay.store.Retention;
import dev.belay.store.VerifyResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Deletes checkpoints that are not to be kept. The new one is committed, and what was written is read back, before an old
 * one goes. Confined to the writer's thread.
 */
final class Tidying {

    private final CheckpointStore store;
    private final Attempt attempt;
    private final Retention retention;
    private final Log log;

    Tidying(CheckpointStore store, Attempt attempt, Retention retention, Log log) {
        this.store = store;
        this.attempt = attempt;
        this.retention = retention;
        this.log = log;
    }

    /**
     * Deletes what a new checkpoint makes superfluous.
     *
     * @param before seq of the checkpoint before: one of the same step is replaced
     * @param notes of the new checkpoint
     */
    void after(Committed newest, long before, Map<String, String> notes) throws IOException {
        Optional<BestModel.Search> search = BestModel.Search.of(notes, retention.greaterIsBetter());
        MeasuredLine line = MeasuredLine.of(store, newest.seq(), search);
        Optional<Committed> replaced = store.committed().stream()
                .filter(c -> c.seq() == before && c.step() == newest.step())
                .findFirst();
        if (replaced.isEmpty() && surplus(line.checkpoints(), line).isEmpty()) {
            return;
        }
        List<Committed> sound = new ArrayList<>(line.checkpoints());
        while (!sound.isEmpty() && !isSound(sound.get(0))) {
            sound.remove(0);
        }
        if (sound.contains(newest) && replaced.isPresent()) {
            delete(replaced.get());
        }
        for (Committed old : surplus(sound, line)) {
            delete(old);
        }
    }

    /** Returns what may go, the oldest first. */
    private List<Committed> surplus(List<Committed> line, MeasuredLine measured) {
        List<Committed> surplus = new ArrayList<>(retention.surplus(line, measured.metrics()));
        Collections.reverse(surplus);
        return surplus;
    }

    private boolean isSound(Committed checkpoint) {
        VerifyResult result = CheckpointStore.verify(store.directory().resolve(checkpoint.directoryName()));
        if (!result.intact()) {
            log.warn(checkpoint.directoryName() + " is damaged: "
                    + result.damages().get(0) + "; those before it are kept until a later one is intact");
        }
        return result.intact();
    }

    private void delete(Committed old) throws IOException {
        boolean gone = attempt.delete(old);
        log.debug(gone ? "deleted " + old.directoryName() : old.directoryName() + " stays while it is read");
    }
}
