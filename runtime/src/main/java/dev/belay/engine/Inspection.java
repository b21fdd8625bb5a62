package dev.belay.engine;

import dev.belay.engine.CheckpointRow.State;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Looks at checkpoints without changing anything. Every method takes an output_dir or one checkpoint, also one that was
 * copied elsewhere.
 */
public final class Inspection {

    private static final Pattern CHECKPOINT = Pattern.compile("(checkpoint|superseded|damaged|uncommitted)-[0-9].*");
    private static final String MANIFEST = "manifest.json";
    private static final String STORE = ".belay";

    private Inspection() {}

    /** Lists checkpoints from their manifests. Throws an {@link InspectionProblem} where there is none. */
    public static Listing list(Path directory) throws InspectionProblem, IOException {
        Path place = existing(directory);
        if (!isCheckpoint(place)) {
            CheckpointStore store = store(place);
            List<CheckpointRow> rows = rows(store);
            if (rows.isEmpty()) {
                throw nothingIn(directory);
            }
            return new Listing(rows, store.logDamage());
        }
        return new Listing(List.of(row(place)), List.of());
    }

    /** Shows a checkpoint, or the latest one of an output_dir. Reads all of it, and refuses one that is damaged. */
    public static CheckpointDetail show(Path directory) throws InspectionProblem, IOException {
        Path place = existing(directory);
        Path checkpoint = isCheckpoint(place) ? place : latest(place, directory);
        Reading reading = CheckpointStore.reading(checkpoint);
        try {
            return shown(checkpoint);
        } finally {
            reading.close();
        }
    }

    private static CheckpointDetail shown(Path checkpoint) throws InspectionProblem, IOException {
        VerifyResult verified = CheckpointStore.verify(checkpoint);
        if (!verified.intact()) {
            throw InspectionProblem.damaged(
                    checkpoint + " is damaged: " + verified.damages().get(0) + "; choose another checkpoint");
        }
        try {
            Manifest manifest = CheckpointStore.manifest(checkpoint);
            StateSummary state = StateSummary.of(checkpoint);
            return new CheckpointDetail(
                    row(checkpoint),
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
        Path place = existing(directory);
        if (isCheckpoint(place)) {
            return new Verification(List.of(verified(place, true, watcher)), List.of());
        }
        CheckpointStore store = store(place);
        List<Verified> all = new ArrayList<>();
        for (Entry entry : store.entries()) {
            boolean counts = switch (entry.standing()) {
                case COMMITTED, SUPERSEDED, MISSING -> true;
                case DAMAGED, UNCOMMITTED -> false;
            };
            all.add(verified(place.resolve(entry.directoryName()), counts, watcher));
        }
        if (all.isEmpty()) {
            throw nothingIn(directory);
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

    private static Path existing(Path directory) throws InspectionProblem {
        if (!Files.isDirectory(directory)) {
            throw InspectionProblem.nothing(
                    "found no directory " + directory + "; give an output_dir or a checkpoint in it");
        }
        return directory.toAbsolutePath().normalize();
    }

    /** A checkpoint without a manifest is still one: a damaged one. */
    private static boolean isCheckpoint(Path directory) {
        Path name = directory.getFileName();
        return Files.exists(directory.resolve(MANIFEST))
                || name != null
                        && CHECKPOINT.matcher(name.toString()).matches()
                        && !Files.exists(directory.resolve(STORE));
    }

    private static CheckpointStore store(Path directory) throws InspectionProblem, IOException {
        try {
            return CheckpointStore.openReadOnly(directory);
        } catch (StoreProblem e) {
            throw InspectionProblem.refused(e.getMessage());
        }
    }

    private static Path latest(Path place, Path asGiven) throws InspectionProblem, IOException {
        for (CheckpointRow row : rows(store(place))) {
            if (row.latest()) {
                return place.resolve(row.name());
            }
        }
        throw nothingIn(asGiven);
    }

    /** The log, if there is one, knows more than the manifest. */
    private static CheckpointRow row(Path checkpoint) throws InspectionProblem, IOException {
        String name = checkpoint.getFileName().toString();
        Path parent = checkpoint.getParent();
        if (Files.isDirectory(parent.resolve(STORE))) {
            for (CheckpointRow row : rows(store(parent))) {
                if (row.name().equals(name)) {
                    return row;
                }
            }
        }
        try {
            return CheckpointRow.of(name, State.COPY, false, CheckpointStore.manifest(checkpoint));
        } catch (StoreProblem e) {
            throw InspectionProblem.damaged(e.getMessage());
        }
    }

    private static List<CheckpointRow> rows(CheckpointStore store) throws IOException {
        List<CheckpointRow> rows = new ArrayList<>();
        boolean latest = true;
        for (Entry entry : store.entries()) {
            State state = State.of(entry.standing());
            if (entry.manifest().isEmpty()) {
                State shown = state == State.MISSING ? State.MISSING : State.DAMAGED;
                rows.add(CheckpointRow.unreadable(entry.directoryName(), shown));
                continue;
            }
            boolean takes = latest && (state == State.COMMITTED || state == State.SUPERSEDED);
            latest &= !takes;
            rows.add(CheckpointRow.of(
                    entry.directoryName(), state, takes, entry.manifest().get()));
        }
        return rows;
    }

    private static InspectionProblem nothingIn(Path directory) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            String hint = children.filter(c -> Files.isDirectory(c.resolve(STORE)))
                    .sorted()
                    .findFirst()
                    .map(c -> "did you mean " + c + "?")
                    .orElse("give an output_dir or a checkpoint in it");
            return InspectionProblem.nothing("found no checkpoint in " + directory + "; " + hint);
        }
    }
}
