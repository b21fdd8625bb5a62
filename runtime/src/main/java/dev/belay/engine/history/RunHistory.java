package dev.belay.engine.history;

import dev.belay.engine.InspectionProblem;
import dev.belay.store.CheckpointStore;
import dev.belay.store.StoreProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A job over all its attempts, as its output_dir tells it.
 *
 * @param program main class; empty where the log does not say
 * @param attempts in their order
 * @param checkpoints all that were committed, in their order
 * @param metrics what was logged while it trained
 * @param logDamage what is wrong with the commit log, one line each
 */
public record RunHistory(
        Path directory,
        String program,
        List<PastAttempt> attempts,
        List<SavedCheckpoint> checkpoints,
        MetricHistory metrics,
        List<String> logDamage) {

    public RunHistory {
        attempts = List.copyOf(attempts);
        checkpoints = List.copyOf(checkpoints);
        logDamage = List.copyOf(logDamage);
    }

    /** Reads an output_dir without changing anything. Throws an {@link InspectionProblem} where no run has begun. */
    public static RunHistory of(Path directory) throws InspectionProblem, IOException {
        if (!Files.isDirectory(directory)) {
            throw InspectionProblem.nothing("found no directory " + directory + "; give an output_dir");
        }
        try {
            CheckpointStore store =
                    CheckpointStore.openReadOnly(directory.toAbsolutePath().normalize());
            LogReading log = LogReading.of(store);
            if (log.attempts().isEmpty()) {
                throw InspectionProblem.nothing(
                        "found no run in " + directory + "; give an output_dir, in which .belay/log is");
            }
            return new RunHistory(
                    store.directory(),
                    log.program(),
                    log.attempts(),
                    log.checkpoints(),
                    MetricHistory.newest(store),
                    store.logDamage());
        } catch (StoreProblem e) {
            throw InspectionProblem.refused(e.getMessage());
        }
    }
}
