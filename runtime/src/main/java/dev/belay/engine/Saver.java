package dev.belay.engine;

import dev.belay.loop.LoopFrame;
import dev.belay.loop.PointShape;
import dev.belay.loop.Points;
import dev.belay.schedule.Schedule;
import dev.belay.state.Adapters;
import dev.belay.state.Snapshot;
import dev.belay.state.Unsupported;
import dev.belay.store.ManifestInfo;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Takes snapshots at points when they are due and hands them to the writer. Confined to the training thread. */
final class Saver {

    private final Settings settings;
    private final Log log;
    private final Capturer capturer;
    private final Persister persister;
    private final Witness witness;
    private final ProgramFiles files;
    private final Adapters adapters;
    private final ElapsedTime elapsed;
    private final Map<String, String> processFingerprint;
    private final Supplier<List<String>> notWoven;
    private final Schedule schedule;
    private final OrderWarnings orders;
    private final boolean findsLoops;
    private final Patience patience = new Patience();
    private volatile boolean off;
    private boolean rejected;
    private boolean trialDue;
    private Map<String, String> adapterFingerprint = Map.of();
    private int adaptersSeen;
    private boolean afterStep;
    private boolean proven;
    private boolean last;
    private long savedStep = -1;
    private Optional<Explainer> explainer = Optional.empty();
    private LoopFrame capturedAt;

    Saver(
            Settings settings,
            Log log,
            Capturer capturer,
            Persister persister,
            Witness witness,
            ProgramFiles files,
            Adapters adapters,
            ElapsedTime elapsed,
            Map<String, String> processFingerprint,
            Supplier<List<String>> notWoven,
            boolean findsLoops) {
        this.settings = settings;
        this.log = log;
        this.capturer = capturer;
        this.persister = persister;
        this.witness = witness;
        this.files = files;
        this.adapters = adapters;
        this.elapsed = elapsed;
        this.processFingerprint = processFingerprint;
        this.notWoven = notWoven;
        this.orders = new OrderWarnings(log);
        this.findsLoops = findsLoops;
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
        return off;
    }

    /** Returns whether the state could be captured once. */
    boolean proven() {
        return proven;
    }

    void afterStep(StepCounter counter) {
        afterStep = true;
        persister.takeCost().ifPresent(schedule::cost);
        long now = System.nanoTime();
        witness.stepped(counter.steps(), now);
        if (witness.asked()) {
            schedule.ask();
        }
        boolean due = schedule.dueAfterStep(counter.steps(), now);
        boolean waits = due && persister.busy();
        if (waits) {
            witness.waits(counter.steps(), "the one before is still being written");
        }
        raise((trialDue || (due && !waits)) && !patience.pausing(now));
    }

    void afterEpoch(StepCounter counter) {
        if (!off && schedule.dueAfterEpoch() && savedStep == counter.steps()) {
            schedule.taken(System.nanoTime()); // this very step was saved already
        }
        raise(!off && (trialDue || (schedule.due() && !persister.busy())));
    }

    /** A checkpoint that came due while another was written may be taken during a validation pass. */
    void whileEvaluating(StepCounter counter) {
        afterStep = false;
        boolean due = !off && schedule.due() && savedStep != counter.steps();
        if (due && !persister.busy() && !patience.pausing(System.nanoTime())) {
            raise(true);
        }
    }

    /** The flag was met at a point where a capture can be resumed. */
    void serve(LoopFrame frame, StepCounter counter) {
        raise(false);
        if (off || persister.busy()) {
            return; // what is due stays due
        }
        boolean due = schedule.due() && savedStep != counter.steps() && explainer.isEmpty();
        if (due) {
            save(frame, counter, false);
        } else if (trialDue || explainer.filter(e -> e.wants(counter.steps())).isPresent()) {
            tryOut(frame, counter);
        }
        trialDue &= rejected || patience.waiting();
        afterStep = false;
    }

    /** The outermost loop was left: the final checkpoint, complete before the program goes on. */
    void last(LoopFrame frame, StepCounter counter) {
        raise(false);
        if (explainer.isPresent()) {
            explainLast(frame, counter);
            return;
        } else if (off || settings.triggers().isEmpty()) {
            return;
        }
        persister.await();
        afterStep = true; // there is no later point to postpone to
        save(frame, counter, true);
        while (patience.waiting() && !off) {
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
        while (patience.waiting() && !off) {
            Patience.pause();
            tryOut(frame, counter);
        }
    }

    /** Returns after how many more steps it wants to be asked again. */
    long stepsUntilDue() {
        if (off) {
            return Long.MAX_VALUE;
        }
        return trialDue || explainer.isPresent() ? 1 : schedule.stepsUntilDue();
    }

    /** Returns whether nothing could be saved in the loop that was found, so that another one may do; once for each. */
    boolean takeRejection() {
        boolean taken = rejected;
        rejected = false;
        return taken;
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
            ManifestInfo info = info(frame, counter);
            savedStep = counter.steps();
            schedule.taken(System.nanoTime());
            witness.taken();
            persister.persist(snapshot, info, isLast, start);
        });
    }

    private void tryOut(LoopFrame frame, StepCounter counter) {
        long start = System.nanoTime();
        capture(frame).ifPresent(snapshot -> {
            long captured = System.nanoTime();
            persister.tryOut(snapshot, info(frame, counter));
            long written = System.nanoTime();
            explainer.ifPresent(
                    e -> e.saved(frame, snapshot, captured - start, written - captured, persister.trialBytes()));
        });
    }

    /** Whatever goes wrong here is Belay's trouble, not the program's. */
    private Optional<Snapshot> capture(LoopFrame frame) {
        capturedAt = frame;
        try {
            Snapshot snapshot = capturer.capture(frame);
            proven = true;
            orders.tell(snapshot.unordered());
            patience.over();
            return off ? Optional.empty() : Optional.of(snapshot); // another thread may have begun to train meanwhile
        } catch (BusyThread e) {
            await(e);
        } catch (Unsupported e) {
            if (proven && !afterStep) {
                postpone(e);
            } else {
                refuse(e);
            }
        } catch (OutOfMemoryError e) {
            refuse(new Unsupported(
                    "snapshot",
                    "there is no memory for a copy of the state (" + e.getMessage()
                            + "); raise -XX:MaxDirectMemorySize or -Xmx"));
        } catch (RuntimeException | LinkageError e) {
            refuse(new Unsupported("snapshot", "internal error " + e + "; please report it"));
        } finally {
            capturedAt = null;
        }
        return Optional.empty();
    }

    /**
     * A point inside of an evaluation may hold what cannot be saved, a batch say, where the points after a step do not:
     * what is due stays due, and the next point is tried.
     */
    private void postpone(Unsupported e) {
        log.debug("postponed: " + e.getMessage());
        raise(true);
    }

    /** The trial is given up after a while; what comes due later waits as long as it must, and the user is told once. */
    private void await(BusyThread e) {
        long now = System.nanoTime();
        patience.busy(now);
        log.debug("postponed: " + e.getMessage());
        if (patience.exhausted(now) && (!proven || last)) {
            patience.over();
            refuse(e.refusal());
        } else if (patience.worthTelling(now)) {
            log.warn("the checkpoint is postponed until other threads are idle: " + e.getMessage());
        }
    }

    private ManifestInfo info(LoopFrame frame, StepCounter counter) {
        Map<String, String> fingerprint = new TreeMap<>(processFingerprint);
        if (adaptersSeen != adapters.loaded().size()) {
            adaptersSeen = adapters.loaded().size();
            adapterFingerprint = Resumption.adapterFingerprint(adapters.loaded());
        }
        fingerprint.putAll(adapterFingerprint);
        Map<String, String> notes = new TreeMap<>(counter.notes());
        notes.putAll(Resumption.notes(frame));
        notes.putAll(elapsed.notes()); // after the capture: no saved time is later
        notes.putAll(files.notes());
        return new ManifestInfo(counter.steps(), counter.epoch(), 0, fingerprint, notes);
    }

    /** The refusal of another thread than the training one has no place. */
    private void explain(Explainer asked, Unsupported e) {
        asked.refused(e, capturedAt, findsLoops && !proven && !settings.exitOnUnsupported());
    }

    /** The program has ended. */
    void programEnds() {
        explainer.ifPresent(Explainer::ended);
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

    /**
     * Something cannot be saved exactly: from now on nothing is saved, or the program ends. A loop that was found by itself
     * is given up for another one.
     */
    void refuse(Unsupported e) {
        raise(false);
        explainer.ifPresent(x -> explain(x, e));
        if (settings.exitOnUnsupported()) {
            log.error("REFUSED " + e.getMessage());
            ExitCode.INCOMPATIBLE.end();
        }
        if (findsLoops && !proven) {
            rejected = true;
            trialDue = settings.trialSave() && (!settings.triggers().isEmpty() || explainer.isPresent());
            log.warn("REFUSED " + e.getMessage() + "; nothing is saved in this loop, Belay looks for another one");
            return;
        }
        off = true;
        witness.refused(e.getMessage());
        files.ended();
        notWoven.get().forEach(l -> log.warn("left as it is: " + l));
        log.warn("REFUSED " + e.getMessage() + "; training goes on WITHOUT further checkpoints (on_unsupported=warn)");
    }
}
