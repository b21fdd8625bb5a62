package dev.belay.engine;

import dev.belay.loop.LoopHead;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Steps and epochs of the job, over all its attempts. Confined to the training thread. */
final class StepCounter {

    private static final String STEPS = "steps";
    private static final String EPOCHS = "epochs";
    private static final String STEPS_IN_EPOCH = "steps_in_epoch";
    private static final String STEPS_PER_EPOCH = "steps_per_epoch";
    private static final String EPOCH_LOOPS = "epoch_loops";
    private static final String TRAINED_LOOPS = "trained_loops";
    private static final String STEP_LOOPS = "step_loops";

    private long steps;
    private long epochs;
    private long stepsInEpoch;
    private long stepsPerEpoch;
    private Set<LoopHead> epochLoops = Set.of();
    private Supplier<Set<LoopHead>> trainedLoops = Set::of;
    private Supplier<Set<LoopHead>> stepLoops = Set::of;

    /** Adds loops whose iterations are epochs: another phase of the training has others. */
    void countEpochsOf(Set<LoopHead> heads) {
        if (!epochLoops.containsAll(heads)) {
            stepsInEpoch =
                    epochLoops.isEmpty() ? Math.min(stepsInEpoch, 1) : stepsInEpoch; // a phase before had no epochs
            Set<LoopHead> all = new HashSet<>(epochLoops);
            all.addAll(heads);
            epochLoops = Set.copyOf(all);
        }
    }

    /**
     * Says where loops of the job are known.
     *
     * @param trained those in which it has trained so far
     * @param step those that were found to be step loops
     */
    void loops(Supplier<Set<LoopHead>> trained, Supplier<Set<LoopHead>> step) {
        trainedLoops = trained;
        stepLoops = step;
    }

    boolean knowsEpochs() {
        return !epochLoops.isEmpty();
    }

    boolean isEpochLoop(String method, int head) {
        return !epochLoops.isEmpty() && epochLoops.contains(new LoopHead(method, head));
    }

    void step(long more) {
        steps += more;
        stepsInEpoch += more;
    }

    /** The head or the exit of the epoch loop was reached; returns whether an epoch has ended there. */
    boolean epochEnds() {
        if (stepsInEpoch == 0) {
            return false;
        }
        epochs++;
        stepsPerEpoch = stepsInEpoch;
        stepsInEpoch = 0;
        return true;
    }

    long steps() {
        return steps;
    }

    /** Returns the steps of the epoch that has begun. */
    long stepsInEpoch() {
        return stepsInEpoch;
    }

    /** Returns the steps of the epoch before, where there was one. */
    OptionalLong stepsPerEpoch() {
        return stepsPerEpoch == 0 ? OptionalLong.empty() : OptionalLong.of(stepsPerEpoch);
    }

    /** Returns the epochs done, with the begun one as a fraction where the length of an epoch is known; else NaN. */
    double epoch() {
        if (stepsInEpoch == 0) {
            return epochs > 0 ? epochs : Double.NaN;
        }
        return stepsPerEpoch == 0 ? Double.NaN : epochs + Math.min(1.0, (double) stepsInEpoch / stepsPerEpoch);
    }

    Map<String, String> notes() {
        return Map.of(
                STEPS, Long.toString(steps),
                EPOCHS, Long.toString(epochs),
                STEPS_IN_EPOCH, Long.toString(stepsInEpoch),
                STEPS_PER_EPOCH, Long.toString(stepsPerEpoch),
                EPOCH_LOOPS, text(epochLoops),
                TRAINED_LOOPS, text(trainedLoops.get()),
                STEP_LOOPS, text(stepLoops.get()));
    }

    private static String text(Set<LoopHead> heads) {
        return heads.stream().map(LoopHead::text).sorted().collect(Collectors.joining(" "));
    }

    void restore(Map<String, String> notes) {
        steps = Long.parseLong(notes.get(STEPS));
        epochs = Long.parseLong(notes.get(EPOCHS));
        stepsInEpoch = Long.parseLong(notes.get(STEPS_IN_EPOCH));
        stepsPerEpoch = Long.parseLong(notes.get(STEPS_PER_EPOCH));
        epochLoops = heads(notes.get(EPOCH_LOOPS));
    }

    /** Returns the loops in which a saved run had trained or evaluated. */
    static Set<LoopHead> trainedLoops(Map<String, String> notes) {
        return heads(notes.get(TRAINED_LOOPS));
    }

    /** Returns the step loops that a saved run had found; none if its steps are marked. */
    static Set<LoopHead> stepLoops(Map<String, String> notes) {
        return heads(notes.getOrDefault(STEP_LOOPS, ""));
    }

    private static Set<LoopHead> heads(String text) {
        return Arrays.stream(text.split(" "))
                .filter(h -> !h.isEmpty())
                .map(LoopHead::of)
                .collect(Collectors.toUnmodifiableSet());
    }
}
