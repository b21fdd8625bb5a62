package dev.belay.engine;

import dev.belay.engine.CheckpointRow.State;
import dev.belay.store.CheckpointStore;
import dev.belay.store.Progress;
import dev.belay.store.StoreProblem;
import dev.belay.store.VerifyResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A directory that a command was given: an output_dir, or one checkpoint, also one that was copied elsewhere.
 *
 * @param given as the user wrote it
 * @param place where that is
 */
record GivenDirectory(Path given, Path place) {

    private static final Pattern CHECKPOINT = Pattern.compile("(checkpoint|superseded|damaged|uncommitted)-[0-9].*");
    private static final String MANIFEST = "manifest.json";
    private static final String STORE = ".belay";

    static GivenDirectory of(Path directory) throws InspectionProblem {
        if (!Files.isDirectory(directory)) {
            throw InspectionProblem.nothing(
                    "found no directory " + directory + "; give an output_dir or a checkpoint in it");
        }
        return new GivenDirectory(directory, directory.toAbsolutePath().normalize());
    }

    /** A checkpoint without a manifest is still one: a damaged one. */
    boolean isCheckpoint() {
        Path name = place.getFileName();
        return Files.exists(place.resolve(MANIFEST))
                || name != null && CHECKPOINT.matcher(name.toString()).matches() && !Files.exists(place.resolve(STORE));
    }

    CheckpointStore store() throws InspectionProblem, IOException {
        return store(place);
    }

    private static CheckpointStore store(Path directory) throws InspectionProblem, IOException {
        try {
            return CheckpointStore.openReadOnly(directory);
        } catch (StoreProblem e) {
            throw InspectionProblem.refused(e.getMessage());
        }
    }

    /** Returns the checkpoint that was given, or the latest one of the output_dir. */
    Path checkpoint() throws InspectionProblem, IOException {
        if (isCheckpoint()) {
            return place;
        }
        for (CheckpointRow row : CheckpointRows.of(store())) {
            if (row.latest()) {
                return place.resolve(row.name());
            }
        }
        throw nothing();
    }

    /** As {@link #checkpoint}; reads all of it, and refuses one that is damaged. */
    Path intactCheckpoint(Progress progress) throws InspectionProblem, IOException {
        Path checkpoint = checkpoint();
        VerifyResult verified = CheckpointStore.verify(checkpoint, progress);
        if (!verified.intact()) {
            throw InspectionProblem.damaged(
                    checkpoint + " is damaged: " + verified.damages().get(0) + "; choose another checkpoint");
        }
        return checkpoint;
    }

    /** Returns the row of a checkpoint. The log, if there is one, knows more than the manifest. */
    static CheckpointRow row(Path checkpoint) throws InspectionProblem, IOException {
        String name = checkpoint.getFileName().toString();
        Path parent = checkpoint.getParent();
        if (Files.isDirectory(parent.resolve(STORE))) {
            List<CheckpointRow> rows = CheckpointRows.of(store(parent));
            for (CheckpointRow row : rows) {
                if (row.name().equals(name)) {
                    return row;
                }
            }
        }
        try {
            return CheckpointRow.of(name, State.COPY, CheckpointStore.manifest(checkpoint))
                    .with(TrainerNotes.of(checkpoint));
        } catch (StoreProblem e) {
            throw InspectionProblem.damaged(e.getMessage());
        }
    }

    InspectionProblem nothing() throws IOException {
        try (Stream<Path> children = Files.list(given)) {
            String hint = children.filter(c -> Files.isDirectory(c.resolve(STORE)))
                    .sorted()
                    .findFirst()
                    .map(c -> "did you mean " + c + "?")
                    .orElse("give an output_dir or a checkpoint in it");
            return InspectionProblem.nothing("found no checkpoint in " + given + "; " + hint);
        }
    }
}
