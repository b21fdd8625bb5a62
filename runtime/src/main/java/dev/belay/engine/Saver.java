package dev.belay.engine;

import dev.belay.loop.LoopFrame;
import dev.belay.loop.PointShape;
import dev.belay.loop.Points;
import dev.belay.schedule.Schedule;
import dev.belay.state.Snapshot;
import dev.belay.state.Unsupported;
import dev.belay.store.ManifestInfo;
import java.util.Optional;

/** Takes snapshots at points when they are due and hands them to the writer. Confined to the training thread. */
final class Saver {

    private final Settings settings;
    private final PatientCapturer capturer;
    private final Persister persister;
    private final SnapshotNotes notes;
    private final Verdict verdict;
    private final Schedule schedule;
    private boolean trialDue;
    private boolean afterStep;
    private boolean last;
    private long savedStep = -1;
    private Optional<Explainer> explainer = Optional.empty();
    private LoopFrame capturedAt;

    Saver(Settings settings, PatientCapturer capturer, Persister persister, SnapshotNotes notes, Verdict verdict) {
        this.settings = settings;
        this.capturer = capturer;
        this.persister = persister;
        this.notes = notes;
        this.verdict = verdict;
        this.trialDue = settings.trialSave() && !settings.triggers().isEmpty();
        this.schedule = new Schedule(
                settings.triggers(),
                settings.saveSteps(),
                settings.saveInterval().toNanos(),
                System.nanoTime());
    }

    /** The run is to be explained only; MUST be called before it starts. */
    void explainTo(Explainer asked) {
        explainer = Optional.of(asked);
        verdict.explainTo(asked);
        trialDue = true;
    }

    /** Where a run is explained, each point is reported. */
    private void raise(boolean flag) {
        Points.flag = flag || explainer.isPresent();
    }

    void chose() {
        explainer.ifPresent(Explainer::chose);
    }

    void watch(LoopFrame frame, PointShape point) {
        explainer.ifPresent(e -> e.saw(frame, point));
    }

    boolean off() {
        return verdict.off();
    }

    /** Returns whether the state could be captured once. */
    boolean proven() {
        return verdict.proven();
    }

    void afterStep(StepCounter counter) {
        afterStep = true;
        persister.takeCost().ifPresent(schedule::cost);
        boolean due = schedule.dueAfterStep(counter.steps(), System.nanoTime());
        raise((trialDue || (due && !persister.busy())) && !capturer.pausing(System.nanoTime()));
    }

    void afterEpoch(StepCounter counter) {
        if (!off() && schedule.dueAfterEpoch() && savedStep == counter.steps()) {
            schedule.taken(System.nanoTime()); // this very step was saved already
        }
        raise(!off() && (trialDue || (schedule.due() && !persister.busy())));
    }

    /** A checkpoint that came due while another was written may be taken during a validation pass. */
    void whileEvaluating(StepCounter counter) {
        afterStep = false;
        boolean due = !off() && schedule.due() && savedStep != counter.steps();
        if (due && !persister.busy() && !capturer.pausing(System.nanoTime())) {
            raise(true);
        }
    }

    /** The flag was met at a point where a capture can be resumed. */
    void serve(LoopFrame frame, StepCounter counter) {
        raise(false);
        if (off() || persister.busy()) {
            return; // what is due stays due
        }
        boolean due = schedule.due() && savedStep != counter.steps() && explainer.isEmpty();
        if (due) {
            save(frame, counter, false);
        } else if (trialDue || explainer.filter(e -> e.wants(counter.steps())).isPresent()) {
            tryOut(frame, counter);
        }
        trialDue &= verdict.rejected() || capturer.waiting();
        afterStep = false;
    }

    /** The outermost loop was left: the final checkpoint, complete before the program goes on. */
    void last(LoopFrame frame, StepCounter counter) {
        raise(false);
        if (explainer.isPresent()) {
            explainLast(frame, counter);
            return;
        } else if (off() || settings.triggers().isEmpty()) {
            return;
        }
        persister.await();
        afterStep = true; // there is no later point to postpone to
        save(frame, counter, true);
        while (capturer.waiting() && !off()) {
            Patience.pause();
            save(frame, counter, true);
        }
        persister.await();
    }

    /** Other loops may follow. */
    private void explainLast(LoopFrame frame, StepCounter counter) {
        last = true;
        afterStep = true;
        tryOut(frame, counter);
        while (capturer.waiting() && !off()) {
            Patience.pause();
            tryOut(frame, counter);
        }
    }

    /** Returns after how many more steps it wants to be asked again. */
    long stepsUntilDue() {
        if (off()) {
            return Long.MAX_VALUE;
        }
        return trialDue || explainer.isPresent() ? 1 : schedule.stepsUntilDue();
    }

    /** Returns whether nothing could be saved in the loop that was found, so that another one may do; once for each. */
    boolean takeRejection() {
        return verdict.takeRejection();
    }

    void resumed(StepCounter counter) {
        schedule.startAt(counter.steps());
        schedule.taken(System.nanoTime()); // the start-up of this attempt is not worth a checkpoint
        savedStep = counter.steps();
    }

    private void save(LoopFrame frame, StepCounter counter, boolean isLast) {
        last = isLast;
        long start = System.nanoTime();
        capture(frame).ifPresent(snapshot -> {
            ManifestInfo info = notes.of(frame, counter);
            savedStep = counter.steps();
            schedule.taken(System.nanoTime());
            persister.persist(snapshot, info, isLast, start);
        });
    }

    private void tryOut(LoopFrame frame, StepCounter counter) {
        long start = System.nanoTime();
        capture(frame).ifPresent(snapshot -> {
            long captured = System.nanoTime();
            persister.tryOut(snapshot, notes.of(frame, counter));
            long written = System.nanoTime();
            explainer.ifPresent(
                    e -> e.saved(frame, snapshot, captured - start, written - captured, persister.trialBytes()));
        });
    }

    private Optional<Snapshot> capture(LoopFrame frame) {
        capturedAt = frame;
        try {
            PatientCapturer.Outcome outcome = capturer.capture(frame, proven() && !afterStep, !proven() || last);
            outcome.snapshot().ifPresent(s -> verdict.prove());
            if (outcome.postponed()) {
                raise(true);
            }
            outcome.refused().ifPresent(this::refuse);
            return off() ? Optional.empty() : outcome.snapshot(); // another thread may have begun to train meanwhile
        } finally {
            capturedAt = null;
        }
    }

    /** Something cannot be saved exactly. The refusal of another thread than the training one has no place. */
    void refuse(Unsupported e) {
        raise(false);
        boolean looksOn = verdict.refuse(e, capturedAt);
        if (looksOn) {
            trialDue = settings.trialSave() && (!settings.triggers().isEmpty() || explainer.isPresent());
        }
    }

    /** The program has ended. */
    void programEnds() {
        explainer.ifPresent(Explainer::ended);
    }

    /** The program has ended, and no step was seen. */
    void noStep() {
        verdict.noStep();
    }
}
