package dev.belay.engine;

import dev.belay.loop.EpochLoops;
import dev.belay.loop.LoopFrame;
import dev.belay.loop.LoopHead;
import dev.belay.loop.LoopListener;
import dev.belay.loop.LoopTracker;
import dev.belay.loop.PointKind;
import dev.belay.loop.PointShape;
import dev.belay.loop.Points;
import dev.belay.state.Adapter;
import dev.belay.state.Adapters;
import dev.belay.state.PipelineSource;
import dev.belay.state.Unsupported;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** One attempt: counts steps and epochs, lets the schedule decide, and saves or resumes at the points. */
final class TrainingRun implements LoopListener {

    private final Settings settings;
    private final Log log;
    private final Adapters adapters;
    private final ProgramFiles files;
    private final ElapsedTime elapsed;
    private final StepCounter counter = new StepCounter();
    private final TrainingThread thread = new TrainingThread();
    private final PendingResume resume;
    private final Measurements measurements;
    private LoopTracker tracker;
    private Saver saver;
    private Witness witness;
    private BestModel best;
    private EarlyStop early;
    private BestLoader loader;
    private Starts starts;
    /** The counts before the loop that was found last: it may turn out that nothing can be saved in it. */
    private Map<String, String> beforeLoop = Map.of();

    private boolean stepSeen;
    private boolean training;

    TrainingRun(
            Settings settings, Log log, Adapters adapters, ProgramFiles files, ElapsedTime elapsed, MetricLog metrics) {
        this.settings = settings;
        this.log = log;
        this.adapters = adapters;
        this.files = files;
        this.elapsed = elapsed;
        this.resume = new PendingResume(log, files);
        this.measurements = new Measurements(metrics, adapters, counter, settings.metricForBestModel(), log);
    }

    StepCounter counter() {
        return counter;
    }

    /** Completes the set-up; MUST be called before the first woven class runs. */
    void start(
            LoopTracker loops,
            Capturer capturer,
            Saver saves,
            Witness sees,
            BestModel bestModel,
            BestLoader bestLoader,
            Optional<Resumption> pending) {
        witness = sees;
        best = bestModel;
        early = new EarlyStop(settings.best(), best, log);
        loader = bestLoader;
        tracker = loops;
        starts = new Starts(capturer, () -> !resume.pending() && counter.steps() > 0, log);
        counter.loops(loops::trained, loops::stepLoops);
        saver = saves;
        Points.flag = true; // until the first step every head is noted, so that it is known which loop the step is in
        pending.ifPresent(r -> resume.begin(r, loops));
    }

    @Override
    public void stepBegins(boolean resumePending) {
        if (resumePending) {
            missed("it began a step outside of it");
        }
        if (!stepSeen) {
            files.stepBegins();
        }
    }

    @Override
    public void stepEnded() {
        if (!saver.off() && trains()) {
            counter.step(1);
            measurements.stepEnded();
            afterSteps(tracker.newEpochLoops());
        }
    }

    private void afterSteps(Set<LoopHead> epochLoops) {
        counter.countEpochsOf(epochLoops);
        training = true;
        resume.trained();
        if (!stepSeen) {
            stepSeen = true;
            starts.over();
            FirstStep.refusal(tracker.current(), counter, settings).ifPresent(saver::refuse);
        }
        saver.afterStep(counter);
    }

    private boolean trains() {
        return !thread.isElsewhere() || claims();
    }

    /** Several threads may make their first step at once: it is said once that the second one cannot be saved. */
    private synchronized boolean claims() {
        Optional<Unsupported> other = thread.claim();
        if (!saver.off()) {
            other.ifPresent(saver::refuse);
        }
        return other.isEmpty();
    }

    @Override
    public boolean mayTrain(long nanos) {
        return thread.mayTrain(nanos);
    }

    @Override
    public void chose(LoopFrame frame, PointShape head) {
        beforeLoop = counter.notes();
        files.stepBegins();
        saver.chose();
        log.info("found the training loop " + frame.method().readable() + " line " + head.line()
                + ": a step is one of its iterations; loop= or step= names another");
    }

    @Override
    public long stepsEnded(LoopFrame frame, PointShape head, long steps) {
        if (saver.off() || !trains()) {
            return Long.MAX_VALUE;
        }
        counter.step(steps);
        if (saver.proven()) { // a loop that is given up is run again by a resume, as all others are
            tracker.markTrained(frame, head);
        }
        afterSteps(EpochLoops.around(frame, head));
        return saver.stepsUntilDue();
    }

    @Override
    public void born(String framework, Object object) {
        try {
            adapters.born(framework, object);
        } catch (Unsupported e) {
            if (resume.pending()) {
                resume.incompatible(e.getMessage());
            }
            saver.refuse(e);
        }
    }

    @Override
    public void reported(String name, double value) {
        if (!thread.known() || !thread.isElsewhere()) {
            measurements.reported(name, value);
        }
    }

    @Override
    public void stored(String name, double value) {
        if (!thread.known() || !thread.isElsewhere()) {
            measurements.stored(name, value);
        }
    }

    @Override
    public void measured(String framework, Object by, Object result) {
        if (!thread.known() || !thread.isElsewhere()) {
            measurements.measured(framework, by, result);
        }
    }

    @Override
    public void evaluated() {
        if (thread.isElsewhere()) {
            return;
        }
        adapters.loaded().forEach(Adapter::evaluated);
        saver.whileEvaluating(counter);
    }

    @Override
    public boolean arrived(LoopFrame frame, PointShape head) {
        if (thread.isElsewhere() || !isEpochLoop(frame, head.index()) || !counter.epochEnds()) {
            return false;
        }
        epochEnded();
        early.refusal(frame, head).ifPresent(saver::refuse);
        return early.stops(counter.steps());
    }

    @Override
    public void reached(LoopFrame frame, PointShape point) {
        saver.watch(frame, point);
        if (thread.isElsewhere() || !stepSeen || point.kind() == PointKind.CALL || isLast(frame, point)) {
            return; // a call's arguments are already on the stack; the last exit has a checkpoint of its own
        }
        saver.serve(frame, counter);
        if (saver.takeRejection()) {
            tracker.rejectStepLoop();
            counter.restore(beforeLoop);
            measurements.rejected();
            thread.forget();
            stepSeen = false;
            training = false;
        }
    }

    @Override
    public void left(LoopFrame frame, PointShape exit) {
        if (thread.isElsewhere()) {
            return;
        }
        boolean isLast = isLast(frame, exit);
        if (isLast) {
            resume.leftLast(exit);
        }
        if (isEpochLoop(frame, exit.loop()) && counter.epochEnds()) {
            epochEnded();
        }
        if (isLast && training) {
            training = false; // a loop that only evaluates afterwards changes nothing that has to be kept
            measurements.trainingEnded();
            measurements.look(saver::refuse);
            saver.last(frame, counter);
            loadBest(frame, exit, frame.locals());
        }
        if (isEpochLoop(frame, exit.loop())) {
            best.loopEnded();
        }
    }

    /** The program stands where its last loop is left, with what it holds there. */
    private void loadBest(LoopFrame frame, PointShape exit, Object[] locals) {
        if (settings.best().loadAtEnd() && saver.off()) {
            log.warn("no best model was loaded, as nothing is saved any more; the program goes on with the last one");
        } else if (settings.best().loadAtEnd()) {
            loader.load(frame, exit, locals, best.search(), counter.steps());
        }
    }

    private void epochEnded() {
        measurements.epochEnded();
        measurements.look(saver::refuse);
        saver.afterEpoch(counter);
    }

    private static boolean isLast(LoopFrame frame, PointShape point) {
        return point.kind() == PointKind.EXIT && point.around().isEmpty() && !frame.insideLoop();
    }

    private boolean isEpochLoop(LoopFrame frame, int head) {
        return counter.isEpochLoop(frame.method().key(), head);
    }

    @Override
    public void starts(LoopFrame frame, PointShape point, Object[] locals) {
        if (saver.off()) {
            return;
        } else if (resume.unchanged()) {
            Starts.keep(frame, point, resume.notes());
        } else {
            starts.note(frame, point, locals);
        }
    }

    @Override
    public Object[] inject(LoopFrame frame, PointShape point, Object[] live) {
        return resume.inject(frame, point, live);
    }

    @Override
    public boolean mayJump(LoopFrame frame, Object[] live) {
        return resume.mayJump(frame, live);
    }

    @Override
    public Object[] descend(LoopFrame frame, PointShape call, Object[] live) {
        return resume.descend(frame, call, live);
    }

    @Override
    public Object[] start(LoopFrame frame, PointShape call, Object[] live) {
        return resume.start(frame, call, live);
    }

    @Override
    public Object[] resume(int depth, PointShape point, Object[] live) {
        LoopFrame top = tracker.current().orElseThrow();
        boolean complete = isLast(top, point);
        Object[] locals = resume.resume(top, depth, point, live, complete);
        Map<String, String> notes = resume.notes();
        counter.restore(notes);
        best.restore(notes);
        if (complete && !resume.unchanged() && best.stops()) {
            resume.incompatible(
                    "changed arguments: the saved run is finished, as it was stopped early (" + best.whyStopped()
                            + "); it stays finished. Call the program as before, or choose another output_dir");
        }
        saver.resumed(counter);
        files.stepBegins();
        thread.becomesThis();
        training = !complete;
        log.info("resumed checkpoint-" + counter.steps() + " at " + resume.position() + ", step " + counter.steps()
                + ", " + settings.mostLost());
        elapsed.goOn(notes).ifPresent(log::info);
        witness.resumed("checkpoint-" + counter.steps(), counter.steps(), resume.position());
        boolean finished = complete && resume.unchanged();
        resume.reached(complete);
        if (finished) {
            loadBest(top, point, locals);
            best.loopEnded();
        }
        return locals;
    }

    @Override
    public Object[] source(String caller, String called, Object[] operands, Predicate<String> isBody) {
        return new PipelineSource(caller, isBody).of(called, operands).orElse(null);
    }

    @Override
    public Object repeated(LoopFrame body) {
        return resume.repeated(body);
    }

    @Override
    public void missed(String found) {
        resume.missed(found);
    }

    /** The program ended; a position that was never reached is a failure, not a success, unless it was told to stop. */
    void programEnds() {
        saver.programEnds();
        boolean signalled = Thread.getAllStackTraces().keySet().stream()
                .anyMatch(t -> t.getName().startsWith("SIG") && t.getName().endsWith(" handler"));
        if (resume.pending() && !signalled) {
            missed("it ended before");
        }
        if (!resume.pending() && !thread.known() && !signalled) {
            saver.noStep();
        }
        files.showHeld();
        if (!signalled) {
            files.ended();
        }
        witness.programEnds(signalled);
    }
}
