package dev.belay.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Every option, once: the agent reads by it, and the README's table and {@code --help} are generated from it. */
public enum Option {
    OUTPUT_DIR(
            "checkpoints/<main class>",
            "a directory",
            "Where the checkpoint-N directories go; held by one program at a time."),
    SAVE_STRATEGY(
            "auto",
            "no, steps, epoch, time, auto; joined by +",
            "What makes a checkpoint due; auto lets saving take 1 % of the time. A final one is always saved, except under no."),
    SAVE_STEPS(
            "500",
            "a whole number from 1, or a share below 1",
            "Steps between checkpoints under save_strategy=steps; a step is one update of the parameters. A share is one of"
                    + " all steps, rounded up."),
    SAVE_INTERVAL(
            "15m",
            "a duration such as 90s, 15m, 2h",
            "Time between checkpoints under save_strategy=time; under auto, the longest time."),
    SAVE_TOTAL_LIMIT(
            "3",
            "a whole number from 1, or none",
            "How many checkpoints are kept; none keeps all, and the newest is never deleted."),
    RESUME_FROM_CHECKPOINT(
            "auto",
            "auto, true, false, or a checkpoint directory",
            "Which checkpoint to go on from; auto takes the newest that verifies or starts anew, true insists on one."),
    SAVE_ONLY_MODEL(
            "false",
            "true, false",
            "Whether checkpoints hold the model alone: smaller, but none of them can be resumed."),
    IGNORE_DATA_SKIP(
            "false",
            "true, false",
            "Changes nothing: a resume goes on at the very batch, and loads none of those before it."),
    LOOP(
            "found",
            "Class#method[:depth], joined by +",
            "Methods whose loops train, where Belay does not find them; depth 1 is the outermost loop only."),
    STEP(
            "found",
            "Class#method, joined by +",
            "Methods whose call is one step, where Belay does not know the framework."),
    FOUND_AFTER(
            "500ms",
            "a duration such as 500ms, 2s",
            "How long a loop has run when it is taken for the training loop, where neither a framework nor step= or loop="
                    + " tells."),
    EXCLUDE("none", "Class#method, joined by +", "Methods whose loops are left alone."),
    ON_UNSUPPORTED(
            "warn",
            "warn, exit",
            "If the state cannot be captured exactly: warn trains on without checkpoints, exit ends with 5."),
    TRIAL_SAVE(
            "true",
            "true, false",
            "Whether the first step of each attempt tries a whole save, so that a refusal comes at once."),
    ALLOW_INEXACT("none", "cpu, jdk; joined by +", "What may differ from the saved run, at the price of equal bits."),
    ACCEPT_CHANGES(
            "none",
            "names joined by +, or all",
            "What may differ from the saved run: arguments, and the locals and fields that depend on them; those that"
                    + " training has not changed take their new values."),
    SNAPSHOT_MEMORY(
            "auto",
            "auto, or a size such as 512m, 4g",
            "Memory for copies of arrays: what has no room is written while the program waits; auto is half of"
                    + " -XX:MaxDirectMemorySize."),
    CLOCK(
            "continue",
            "continue, real",
            "Whether a resumed program's nanoTime, currentTimeMillis and Instant.now go on from the checkpoint's time."),
    FILES(
            "continue",
            "continue, leave",
            "Files that the program writes: continue goes on from their length at the checkpoint, leave lets it truncate"
                    + " or repeat."),
    MUTE_PREFIX(
            "false",
            "true, false",
            "Whether what a resumed program prints on the way to its place is hidden; stderr is shown if it fails there."),
    STATUS(
            "auto",
            "auto, off",
            "Whether the title of the terminal that stderr is tells the step; there is none where stderr is redirected."),
    LOG("info", "off, warn, info, debug", "How much Belay says on stderr.");

    /** Keys of the outside contract that are not built yet: naming one says so. */
    public static final List<String> PLANNED = List.of(
            "keep_every",
            "keep_best",
            "load_best_model_at_end",
            "metric_for_best_model",
            "greater_is_better",
            "early_stopping_patience",
            "early_stopping_threshold",
            "engine",
            "walltime",
            "walltime_margin",
            "mtbf",
            "max_overhead",
            "save_on_signal",
            "signal_grace",
            "exit_code",
            "allow_changes",
            "staging_dir");

    private final String standard;
    private final String accepted;
    private final String meaning;

    Option(String standard, String accepted, String meaning) {
        this.standard = standard;
        this.accepted = accepted;
        this.meaning = meaning;
    }

    /** Returns the option with that key. */
    public static Optional<Option> of(String key) {
        return Arrays.stream(values()).filter(o -> o.key().equals(key)).findFirst();
    }

    /** Returns the name that users write, as in {@code save_steps}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the default as it is documented; {@code none} and {@code found} stand for an absent value. */
    public String standard() {
        return standard;
    }

    /** Returns what may be written, in words. */
    public String accepted() {
        return accepted;
    }

    /** Returns one sentence. */
    public String meaning() {
        return meaning;
    }

    /** Returns the table of the README. */
    public static String markdown() {
        return Arrays.stream(values())
                .map(o -> "| `" + o.key() + "` | `" + o.standard + "` | " + o.accepted + " | " + o.meaning + " |\n")
                .collect(Collectors.joining("", "| option | default | values | meaning |\n|---|---|---|---|\n", ""));
    }
}
