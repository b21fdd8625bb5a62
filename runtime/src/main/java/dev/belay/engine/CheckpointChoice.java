package dev.belay.engine;

import dev.belay.engine.telemetry.Telemetry;
import dev.belay.store.Attempt;
import dev.belay.store.CheckpointStore;
import dev.belay.store.Committed;
import dev.belay.store.Manifest;
import dev.belay.store.StoreProblem;
import dev.belay.store.VerifyResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides which checkpoint an attempt goes on from: the resume table of the design. */
final class CheckpointChoice {

    /** The checkpoint to go on from. */
    record Chosen(Path directory, Manifest manifest) {}

    /** The attempt cannot start. */
    static final class Impossible extends Exception {
        private static final long serialVersionUID = 1L;
        private final ExitCode code;

        Impossible(ExitCode code, String message) {
            super(message);
            this.code = code;
        }

        ExitCode code() {
            return code;
        }
    }

    private final CheckpointStore store;
    private final Settings settings;
    private final Log log;
    private final Telemetry telemetry;

    CheckpointChoice(CheckpointStore store, Settings settings, Log log, Telemetry telemetry) {
        this.store = store;
        this.settings = settings;
        this.log = log;
        this.telemetry = telemetry;
    }

    /** Returns the checkpoint to take; empty for a fresh start. */
    Optional<Chosen> choose(Attempt attempt) throws Impossible, IOException {
        store.logDamage().forEach(d -> log.warn("the commit log is damaged: " + d));
        store.uncommitted().forEach(log::info);
        return switch (settings.resume().kind()) {
            case FALSE -> Optional.empty();
            case PATH -> Optional.of(named(settings.resume().path()));
            case AUTO, TRUE -> newest(attempt);
        };
    }

    private Chosen named(Path path) throws Impossible, IOException {
        if (!Files.isRegularFile(path.resolve("manifest.json")) && !Files.exists(path.resolve("loop.kryo"))) {
            throw new Impossible(
                    ExitCode.NOTHING_TO_RESUME,
                    "resume_from_checkpoint: found no checkpoint at " + path
                            + "; give a directory with a manifest.json");
        }
        VerifyResult result = CheckpointStore.verify(path);
        if (!result.intact()) {
            throw new Impossible(
                    ExitCode.DAMAGE, path + " is damaged: " + result.damages().get(0) + "; choose another checkpoint");
        }
        Manifest manifest = manifest(path);
        if (isModelOnly(manifest)) {
            throw modelOnly(path);
        }
        return new Chosen(path, manifest);
    }

    private static boolean isModelOnly(Manifest manifest) {
        return manifest.notes().containsKey(SnapshotNotes.ONLY_MODEL);
    }

    private static Impossible modelOnly(Path directory) {
        return new Impossible(
                ExitCode.INCOMPATIBLE,
                "REFUSED resume of " + directory
                        + ": it was saved with save_only_model=true and holds the model alone, not"
                        + " where the training was; choose another checkpoint, or start anew with"
                        + " resume_from_checkpoint=false");
    }

    private Optional<Chosen> newest(Attempt attempt) throws Impossible, IOException {
        List<Committed> committed = store.committed();
        List<Committed> damaged = new ArrayList<>();
        Optional<Path> modelOnly = Optional.empty();
        for (Committed c : committed) {
            Path directory = store.directory().resolve(c.directoryName());
            VerifyResult result = CheckpointStore.verify(directory);
            if (result.intact()) {
                Chosen chosen = new Chosen(directory, manifest(directory));
                if (isModelOnly(chosen.manifest())) {
                    modelOnly = Optional.of(modelOnly.orElse(directory));
                    continue;
                }
                modelOnly.ifPresent(d -> log.warn(d + " holds the model alone (save_only_model=true): passed over"));
                setAside(attempt, damaged);
                return Optional.of(chosen);
            }
            log.warn(c.directoryName() + " is damaged: " + result.damages().get(0));
            telemetry.damaged(c.directoryName(), result.damages().get(0));
            damaged.add(c);
        }
        if (modelOnly.isPresent()) {
            throw modelOnly(modelOnly.get());
        }
        boolean must = settings.resume().kind() == ResumeMode.Kind.TRUE;
        if (must && committed.isEmpty()) {
            throw new Impossible(
                    ExitCode.NOTHING_TO_RESUME,
                    "resume_from_checkpoint=true: found no checkpoint in " + store.directory()
                            + "; use auto to start where there is none");
        } else if (must) {
            throw new Impossible(
                    ExitCode.DAMAGE,
                    "resume_from_checkpoint=true: all " + committed.size() + " checkpoints in " + store.directory()
                            + " are damaged; use auto to start anew");
        }
        if (!committed.isEmpty()) {
            log.warn("all " + committed.size() + " checkpoints are damaged; training starts anew");
            setAside(attempt, damaged);
        }
        return Optional.empty();
    }

    private void setAside(Attempt attempt, List<Committed> damaged) throws IOException {
        for (Committed c : damaged) {
            attempt.setAsideDamaged(c);
        }
    }

    private static Manifest manifest(Path directory) throws Impossible, IOException {
        try {
            return CheckpointStore.manifest(directory);
        } catch (StoreProblem e) {
            throw new Impossible(ExitCode.DAMAGE, e.getMessage());
        }
    }
}
