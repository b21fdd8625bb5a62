package dev.belay.agent;

import dev.belay.engine.AcceptedChanges;
import dev.belay.engine.Log;
import dev.belay.engine.Option;
import dev.belay.engine.ResumeMode;
import dev.belay.engine.SaveSteps;
import dev.belay.engine.SaveStrategy;
import dev.belay.loop.MethodPattern;
import dev.belay.store.TrainingArgs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/**
 * The options in force, one component per {@link Option}.
 *
 * @param outputDir empty for the default, which the program's name decides
 * @param inForce all options as they were written, by their keys
 * @param warnings what the user should know and that stops nothing
 */
record AgentOptions(
        Optional<Path> outputDir,
        SaveStrategy saveStrategy,
        SaveSteps saveSteps,
        Duration saveInterval,
        OptionalInt saveTotalLimit,
        ResumeMode resume,
        List<MethodPattern> loops,
        List<MethodPattern> steps,
        Duration foundAfter,
        List<MethodPattern> excludes,
        boolean exitOnUnsupported,
        boolean trialSave,
        Set<String> allowInexact,
        AcceptedChanges acceptChanges,
        OptionalLong snapshotMemoryBytes,
        boolean clockContinues,
        boolean saveOnlyModel,
        boolean continueFiles,
        boolean mutePrefix,
        boolean showStatus,
        Log.Level logLevel,
        Map<String, TrainingArgs.Given> inForce,
        List<String> warnings) {

    private static final String BY_DEFAULT = "by default";

    /**
     * Reads all sources.
     *
     * @param agentArgs what follows {@code -javaagent:belay.jar=}; may be null
     * @param workingDirectory where belay.properties may be
     * @throws BadOption if a key is unknown or a value in force cannot be read
     */
    static AgentOptions resolve(String agentArgs, Properties system, Map<String, String> env, Path workingDirectory)
            throws BadOption {
        OptionSources given = OptionSources.read(agentArgs, system, env, workingDirectory);
        SaveStrategy strategy = read(given, Option.SAVE_STRATEGY, OptionValues::strategy);
        List<String> warnings = new ArrayList<>(given.warnings());
        warnings.addAll(withoutEffect(given, strategy));
        if (read(given, Option.IGNORE_DATA_SKIP, OptionValues::truth)) {
            warnings.add(
                    "ignore_data_skip=true changes nothing: a resume goes on at the very batch, and loads none of those"
                            + " before it");
        }
        return new AgentOptions(
                read(given, Option.OUTPUT_DIR, text -> Optional.of(OptionValues.path(text)), Optional.empty()),
                strategy,
                read(given, Option.SAVE_STEPS, OptionValues::steps),
                read(given, Option.SAVE_INTERVAL, OptionValues::duration),
                read(given, Option.SAVE_TOTAL_LIMIT, OptionValues::limit),
                read(given, Option.RESUME_FROM_CHECKPOINT, OptionValues::resume),
                read(given, Option.LOOP, OptionValues::loops, List.of()),
                read(given, Option.STEP, OptionValues::methods, List.of()),
                read(given, Option.FOUND_AFTER, OptionValues::duration),
                read(given, Option.EXCLUDE, OptionValues::methods, List.of()),
                read(given, Option.ON_UNSUPPORTED, OptionValues::exits),
                read(given, Option.TRIAL_SAVE, OptionValues::truth),
                read(given, Option.ALLOW_INEXACT, OptionValues::inexact, Set.of()),
                read(given, Option.ACCEPT_CHANGES, OptionValues::changes, AcceptedChanges.NONE),
                read(given, Option.SNAPSHOT_MEMORY, OptionValues::memory),
                read(given, Option.CLOCK, OptionValues::clock),
                read(given, Option.SAVE_ONLY_MODEL, OptionValues::truth),
                read(given, Option.FILES, OptionValues::files),
                read(given, Option.MUTE_PREFIX, OptionValues::truth),
                read(given, Option.STATUS, OptionValues::status),
                read(given, Option.LOG, OptionValues::level),
                inForce(given),
                List.copyOf(warnings));
    }

    private static Map<String, TrainingArgs.Given> inForce(OptionSources given) {
        Map<String, TrainingArgs.Given> all = new TreeMap<>();
        for (Option option : Option.values()) {
            OptionSources.Given one =
                    given.given(option).orElse(new OptionSources.Given(option.standard(), BY_DEFAULT));
            all.put(option.key(), new TrainingArgs.Given(one.value(), one.origin()));
        }
        return all;
    }

    /** How a value is read from its text. */
    private interface ValueReader<T> {
        T read(String text) throws OptionValues.BadValue;
    }

    /** The documented default goes through the same reader, so that the documentation cannot differ from it. */
    private static <T> T read(OptionSources given, Option option, ValueReader<T> reader) throws BadOption {
        return read(option, given.given(option).orElse(new OptionSources.Given(option.standard(), BY_DEFAULT)), reader);
    }

    private static <T> T read(OptionSources given, Option option, ValueReader<T> reader, T absent) throws BadOption {
        Optional<OptionSources.Given> value = given.given(option);
        return value.isPresent() ? read(option, value.get(), reader) : absent;
    }

    private static <T> T read(Option option, OptionSources.Given given, ValueReader<T> reader) throws BadOption {
        try {
            return reader.read(given.value());
        } catch (OptionValues.BadValue e) {
            throw new BadOption("found " + option.key() + "=" + given.value() + " " + given.origin() + ", expected "
                    + option.accepted() + "; " + e.getMessage());
        }
    }

    private static List<String> withoutEffect(OptionSources given, SaveStrategy strategy) {
        List<String> warnings = new ArrayList<>();
        if (given.given(Option.SAVE_STEPS).isPresent() && !strategy.bySteps()) {
            warnings.add("save_steps has no effect without save_strategy=steps");
        }
        if (given.given(Option.SAVE_INTERVAL).isPresent() && !strategy.byTime()) {
            warnings.add("save_interval has no effect without save_strategy=time");
        }
        return warnings;
    }
}
