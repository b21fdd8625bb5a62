package dev.belay.agent;

import dev.belay.engine.Settings;
import java.nio.file.Path;

/** Turns the user's options into what the engine needs. */
final class EngineSettings {

    private static final Path CHECKPOINTS = Path.of("checkpoints");

    private EngineSettings() {}

    /** @param programSimpleName names the default output directory */
    static Settings of(AgentOptions options, String programSimpleName) {
        return new Settings(
                options.outputDir().orElseGet(() -> CHECKPOINTS.resolve(programSimpleName)),
                options.saveStrategy().triggers(),
                options.saveStrategy().epochRequired(),
                options.saveSteps(),
                options.saveInterval(),
                options.saveTotalLimit(),
                options.resume(),
                options.trialSave(),
                options.exitOnUnsupported(),
                options.allowInexact(),
                options.acceptChanges(),
                options.foundAfter(),
                options.snapshotMemoryBytes(),
                options.clockContinues(),
                options.saveOnlyModel(),
                options.continueFiles(),
                options.mutePrefix());
    }
}
