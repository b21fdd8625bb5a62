package dev.belay.engine;

import dev.belay.engine.CheckpointRow.State;
import dev.belay.store.CheckpointStore;
import dev.belay.store.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Lists the checkpoints of a store: committed ones first, newest first, then what was set aside. */
final class CheckpointRows {

    private CheckpointRows() {}

    static List<CheckpointRow> of(CheckpointStore store) throws IOException {
        List<CheckpointRow> rows = new ArrayList<>();
        Set<Long> finished = store.finished();
        TrainerNotes newest = null;
        for (Entry entry : store.entries()) {
            State state = State.of(entry.standing());
            if (entry.manifest().isEmpty()) {
                State shown = state == State.MISSING ? State.MISSING : State.DAMAGED;
                rows.add(CheckpointRow.unreadable(entry.directoryName(), shown));
                continue;
            }
            Path directory = store.directory().resolve(entry.directoryName());
            TrainerNotes notes = TrainerNotes.of(directory);
            CheckpointRow row = CheckpointRow.of(
                            entry.directoryName(), state, entry.manifest().get())
                    .with(notes);
            if (newest == null && row.isCommitted()) {
                newest = notes;
                row = row.asLatest();
            }
            boolean ended = row.isCommitted() && finished.contains(row.seq());
            rows.add(ended ? row.asFinished() : row);
        }
        return newest == null ? rows : marked(rows, newest);
    }

    /** The newest checkpoint knows which one is the best so far. */
    private static List<CheckpointRow> marked(List<CheckpointRow> rows, TrainerNotes newest) {
        List<CheckpointRow> all = new ArrayList<>();
        boolean open = true;
        for (CheckpointRow row : rows) {
            boolean best = open && row.isCommitted() && newest.isBest(row.name(), row.step());
            open &= !best;
            all.add(best ? row.asBest() : row);
        }
        return all;
    }
}
