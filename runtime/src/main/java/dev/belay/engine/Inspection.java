package dev.belay.engine;

import dev.belay.engine.Verification.Verified;
import dev.belay.state.StateSummary;
import dev.belay.state.TensorStatistics;
import dev.belay.state.Unsupported;
import dev.belay.store.CheckpointStore;
import dev.belay.store.Entry;
import dev.belay.store.Manifest;
import dev.belay.store.Reading;
import dev.belay.store.StoreProblem;
import dev.belay.store.VerifyResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at checkpoints without changing anything. Every method takes an output_dir or one checkpoint, also one that was
 * copied elsewhere.
 */
public final class Inspection {

    private Inspection() {}

    /** Lists checkpoints from their manifests. Throws an {@link InspectionProblem} where there is none. */
    public static Listing list(Path directory) throws InspectionProblem, IOException {
        GivenDirectory given = GivenDirectory.of(directory);
        if (given.isCheckpoint()) {
            return new Listing(List.of(GivenDirectory.row(given.place())), List.of());
        }
        CheckpointStore store = given.store();
        List<CheckpointRow> rows = CheckpointRows.of(store);
        if (rows.isEmpty()) {
            throw given.nothing();
        }
        return new Listing(rows, store.logDamage());
    }

    /** Shows a checkpoint, or the latest one of an output_dir. Reads all of it, and refuses one that is damaged. */
    public static CheckpointDetail show(Path directory) throws InspectionProblem, IOException {
        GivenDirectory given = GivenDirectory.of(directory);
        Reading reading = CheckpointStore.reading(given.checkpoint());
        try {
            return shown(given.intactCheckpoint((done, total) -> {}));
        } finally {
            reading.close();
        }
    }

    private static CheckpointDetail shown(Path checkpoint) throws InspectionProblem, IOException {
        try {
            Manifest manifest = CheckpointStore.manifest(checkpoint);
            StateSummary state = StateSummary.of(checkpoint);
            return new CheckpointDetail(
                    GivenDirectory.row(checkpoint),
                    state.frames().stream().map(CheckpointDetail.Frame::of).toList(),
                    state.objects(),
                    tensors(checkpoint, state),
                    manifest.fingerprint(),
                    manifest.notes());
        } catch (StoreProblem e) {
            throw InspectionProblem.refused(e.getMessage());
        } catch (Unsupported e) {
            throw InspectionProblem.damaged(checkpoint + ": " + e.getMessage());
        }
    }

    private static List<CheckpointDetail.Tensor> tensors(Path checkpoint, StateSummary state) throws IOException {
        List<CheckpointDetail.Tensor> tensors = new ArrayList<>();
        for (StateSummary.Tensors file : state.files()) {
            for (StateSummary.Tensor t : file.tensors()) {
                TensorStatistics statistics = TensorStatistics.of(checkpoint, file.name(), t.name());
                tensors.add(CheckpointDetail.Tensor.of(file, t, statistics));
            }
        }
        return tensors;
    }

    /** Reads every byte of one checkpoint, or of all in an output_dir. Damage is a result, not an exception. */
    public static Verification verify(Path directory, Verification.Watcher watcher)
            throws InspectionProblem, IOException {
        GivenDirectory given = GivenDirectory.of(directory);
        if (given.isCheckpoint()) {
            return new Verification(List.of(verified(given.place(), true, watcher)), List.of());
        }
        CheckpointStore store = given.store();
        List<Verified> all = new ArrayList<>();
        for (Entry entry : store.entries()) {
            boolean counts = switch (entry.standing()) {
                case COMMITTED, SUPERSEDED, MISSING -> true;
                case DAMAGED, UNCOMMITTED -> false;
            };
            all.add(verified(given.place().resolve(entry.directoryName()), counts, watcher));
        }
        if (all.isEmpty()) {
            throw given.nothing();
        }
        return new Verification(all, store.logDamage());
    }

    private static Verified verified(Path checkpoint, boolean counts, Verification.Watcher watcher) {
        String name = checkpoint.getFileName().toString();
        Reading reading = CheckpointStore.reading(checkpoint);
        try {
            VerifyResult result = CheckpointStore.verify(checkpoint, (done, total) -> watcher.read(name, done, total));
            return new Verified(name, counts, result.damages());
        } finally {
            reading.close();
        }
    }
}
