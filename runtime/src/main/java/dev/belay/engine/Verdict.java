package dev.belay.engine;

import dev.belay.loop.LoopFrame;
import dev.belay.state.Unsupported;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Whether a run can be saved exactly: it is not known yet, proven by a capture, or refused. Tells the user what is refused. */
final class Verdict {

    private final Settings settings;
    private final Log log;
    private final ProgramFiles files;
    private final Supplier<List<String>> notWoven;
    private final boolean findsLoops;
    private Optional<Explainer> explainer = Optional.empty();
    private volatile boolean off;
    private boolean rejected;
    private boolean proven;

    /**
     * @param notWoven what was left as it is, for people
     * @param findsLoops whether the step loops are found while the program runs, so that a refused one stands for no other
     */
    Verdict(Settings settings, Log log, ProgramFiles files, Supplier<List<String>> notWoven, boolean findsLoops) {
        this.settings = settings;
        this.log = log;
        this.files = files;
        this.notWoven = notWoven;
        this.findsLoops = findsLoops;
    }

    /** The run is to be explained only; MUST be called before it starts. */
    void explainTo(Explainer asked) {
        explainer = Optional.of(asked);
    }

    /** Returns whether nothing is saved any more. */
    boolean off() {
        return off;
    }

    /** Returns whether the state could be captured once. */
    boolean proven() {
        return proven;
    }

    /** The state was captured. */
    void prove() {
        proven = true;
    }

    /** Returns whether nothing could be saved in the loop that was found and another one is looked for. */
    boolean rejected() {
        return rejected;
    }

    /** Returns {@link #rejected}, once for each loop. */
    boolean takeRejection() {
        boolean taken = rejected;
        rejected = false;
        return taken;
    }

    /**
     * Something cannot be saved exactly: from now on nothing is saved, or the program ends. A loop that was found by itself
     * is given up for another one.
     *
     * @param at where the training thread stood, or null
     * @return whether another loop is looked for
     */
    boolean refuse(Unsupported e, LoopFrame at) {
        explainer.ifPresent(x -> x.refused(e, at, findsLoops && !proven && !settings.exitOnUnsupported()));
        if (settings.exitOnUnsupported()) {
            log.error("REFUSED " + e.getMessage());
            ExitCode.INCOMPATIBLE.end();
        }
        if (findsLoops && !proven) {
            rejected = true;
            log.warn("REFUSED " + e.getMessage() + "; nothing is saved in this loop, Belay looks for another one");
            return true;
        }
        off = true;
        files.ended();
        notWoven.get().forEach(l -> log.warn("left as it is: " + l));
        log.warn("REFUSED " + e.getMessage() + "; training goes on WITHOUT further checkpoints (on_unsupported=warn)");
        return false;
    }

    /** The program has ended; one that was expected to train and was not seen to is told so. */
    void noStep() {
        if (!off && !settings.triggers().isEmpty()) {
            notWoven.get().forEach(l -> log.warn("left as it is: " + l));
            log.warn((findsLoops
                            ? "no loop was found that ran for long enough (found_after) and can be saved in"
                            : "no training step was seen")
                    + ", so nothing was saved; if the program trains, name its step with step=package.Class#method, or"
                    + " its loop with loop=package.Class#method");
        }
    }
}
