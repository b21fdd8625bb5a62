package dev.belay.engine;

import dev.belay.schedule.Trigger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The options in force, as the engine needs them.
 *
 * @param outputDir where checkpoints go
 * @param triggers what makes a checkpoint due; empty with {@code save_strategy=no}
 * @param epochRequired whether {@code epoch} was asked for by name, so that a program without epochs is refused
 * @param saveSteps steps between checkpoints
 * @param saveInterval time between checkpoints
 * @param saveTotalLimit how many checkpoints are kept; empty for all
 * @param resume which checkpoint to go on from
 * @param trialSave whether the first step of an attempt tries a whole save
 * @param exitOnUnsupported whether a refusal ends the program with exit code 5
 * @param allowInexact of {@code cpu} and {@code jdk}: what may differ from the saved run
 * @param foundAfter how long a loop has run when it is taken for the training loop
 * @param acceptChanges which changes of the program's arguments, and of what depends on them, are accepted
 * @param snapshotMemoryBytes how much copies of arrays may take; empty for a share of what the JVM allows
 * @param clockContinues whether the program's clock leaves out the time between a checkpoint and its resume
 * @param saveOnlyModel whether checkpoints hold the model alone, so that none can be resumed
 * @param continueFiles whether files that the program writes go on from their length at the checkpoint
 * @param mutePrefix whether what is printed is hidden until the saved position is reached
 */
public record Settings(
        Path outputDir,
        Set<Trigger> triggers,
        boolean epochRequired,
        SaveSteps saveSteps,
        Duration saveInterval,
        OptionalInt saveTotalLimit,
        ResumeMode resume,
        boolean trialSave,
        boolean exitOnUnsupported,
        Set<String> allowInexact,
        AcceptedChanges acceptChanges,
        Duration foundAfter,
        OptionalLong snapshotMemoryBytes,
        boolean clockContinues,
        boolean saveOnlyModel,
        boolean continueFiles,
        boolean mutePrefix) {

    public Settings {
        triggers = Set.copyOf(triggers);
        allowInexact = Set.copyOf(allowInexact);
    }

    /** Returns what a program runs with that is only to be explained: it starts anew, in a place of its own. */
    public Settings explaining(Path scratch) {
        return new Settings(
                scratch,
                triggers,
                epochRequired,
                saveSteps,
                saveInterval,
                saveTotalLimit,
                ResumeMode.of("false"),
                true,
                exitOnUnsupported,
                allowInexact,
                acceptChanges,
                foundAfter,
                snapshotMemoryBytes,
                clockContinues,
                saveOnlyModel,
                continueFiles,
                false);
    }

    /** Returns what a kill costs at most, for people. */
    String mostLost() {
        if (triggers.contains(Trigger.STEPS)) {
            return saveSteps.isShare()
                    ? "at most the steps of twice save_steps=" + saveSteps.text() + " lost"
                    : "at most " + (2 * saveSteps.count() - 1) + " steps lost";
        } else if (triggers.contains(Trigger.TIME) || triggers.contains(Trigger.AUTO)) {
            return "at most the steps of " + saveInterval.multipliedBy(2).toSeconds() + " s lost";
        } else if (triggers.contains(Trigger.EPOCH)) {
            return "at most the steps of two epochs lost";
        }
        return "all steps since are lost: save_strategy=no";
    }
}
