package dev.belay.engine;

import dev.belay.loop.EpochLoops;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Steps and epochs of the job, over all its attempts. Confined to the training thread. */
final class StepCounter {

    private static final String STEPS = "steps";
    private static final String EPOCHS = "epochs";
    private static final String STEPS_IN_EPOCH = "steps_in_epoch";
    private static final String STEPS_PER_EPOCH = "steps_per_epoch";
    private static final String EPOCH_LOOPS = "epoch_loops";

    private long steps;
    private long epochs;
    private long stepsInEpoch;
    private long stepsPerEpoch;
    private Set<EpochLoops.Head> epochLoops = Set.of();

    void countEpochsOf(Set<EpochLoops.Head> heads) {
        epochLoops = Set.copyOf(heads);
    }

    boolean knowsEpochs() {
        return !epochLoops.isEmpty();
    }

    boolean isEpochLoop(String method, int head) {
        return !epochLoops.isEmpty() && epochLoops.contains(new EpochLoops.Head(method, head));
    }

    void step() {
        steps++;
        stepsInEpoch++;
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
                EPOCH_LOOPS, epochLoops.stream().map(h -> h.method() + "@" + h.index()).sorted().collect(Collectors.joining(" ")));
    }

    void restore(Map<String, String> notes) {
        steps = Long.parseLong(notes.get(STEPS));
        epochs = Long.parseLong(notes.get(EPOCHS));
        stepsInEpoch = Long.parseLong(notes.get(STEPS_IN_EPOCH));
        stepsPerEpoch = Long.parseLong(notes.get(STEPS_PER_EPOCH));
        epochLoops = Arrays.stream(notes.get(EPOCH_LOOPS).split(" "))
                .filter(h -> !h.isEmpty())
                .map(StepCounter::head)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static EpochLoops.Head head(String text) {
        int at = text.lastIndexOf('@');
        return new EpochLoops.Head(text.substring(0, at), Integer.parseInt(text.substring(at + 1)));
    }
}
