package dev.belay.engine;

import dev.belay.loop.EpochLoops;
import dev.belay.loop.LoopFrame;
import dev.belay.loop.LoopHead;
import dev.belay.loop.LoopListener;
import dev.belay.loop.LoopTracker;
import dev.belay.loop.PointKind;
import dev.belay.loop.PointShape;
import dev.belay.loop.Points;
import dev.belay.state.Adapters;
import dev.belay.state.PipelineSource;
import dev.belay.state.Unsupported;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** One attempt: counts steps and epochs, lets the schedule decide, and saves or resumes at the points. */
final class TrainingRun implements LoopListener {

    private static final String MAIN = "main";
    private static final long PATIENCE_WITH_OTHER_THREADS =
            Duration.ofSeconds(2).toNanos();

    private final Settings settings;
    private final Log log;
    private final Adapters adapters;
    private final ProgramFiles files;
    private final ElapsedTime elapsed;
    private final StepCounter counter = new StepCounter();
    private LoopTracker tracker;
    private Saver saver;
    private Starts starts;
    private Resumption resumption;
    private volatile Thread trainer;
    /** The counts before the loop that was found last: it may turn out that nothing can be saved in it. */
    private Map<String, String> beforeLoop = Map.of();

    /** A finished run that goes on and has not made a step yet; else null. */
    private Resumption extended;

    private boolean stepSeen;
    private boolean training;

    TrainingRun(Settings settings, Log log, Adapters adapters, ProgramFiles files, ElapsedTime elapsed) {
        this.settings = settings;
        this.log = log;
        this.adapters = adapters;
        this.files = files;
        this.elapsed = elapsed;
    }

    StepCounter counter() {
        return counter;
    }

    /** Completes the set-up; MUST be called before the first woven class runs. */
    void start(LoopTracker loops, Capturer capturer, Saver saves, Optional<Resumption> pending) {
        tracker = loops;
        starts = new Starts(capturer, () -> resumption == null && counter.steps() > 0, log);
        counter.loops(loops::trained, loops::stepLoops);
        saver = saves;
        Points.flag = true; // until the first step every head is noted, so that it is known which loop the step is in
        pending.ifPresent(r -> {
            resumption = r;
            loops.restoreStepLoops(StepCounter.stepLoops(r.chosen().manifest().notes()));
            loops.follow(r.path());
        });
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
            afterSteps(tracker.newEpochLoops());
        }
    }

    private void afterSteps(Set<LoopHead> epochLoops) {
        counter.countEpochsOf(epochLoops);
        training = true;
        extended = null;
        if (!stepSeen) {
            stepSeen = true;
            starts.over();
            firstStep();
        }
        saver.afterStep(counter);
    }

    private boolean trains() {
        return trainer == Thread.currentThread() || claims(Thread.currentThread());
    }

    @Override
    public boolean mayTrain(long nanos) {
        boolean main = Thread.currentThread().getName().equals(MAIN);
        return trainer == null ? main || nanos >= PATIENCE_WITH_OTHER_THREADS : !isElsewhere();
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

    /** Several threads may make their first step at once: one of them is saved, and the next says that it cannot be. */
    private synchronized boolean claims(Thread thread) {
        if (trainer == null) {
            trainer = thread;
        } else if (!saver.off()) {
            saver.refuse(new Unsupported(
                    BusyThread.name(thread),
                    "it trains " + (trainer.isAlive() ? "beside " : "after ") + BusyThread.name(trainer)
                            + ", and Belay saves one training thread; train in one thread"));
        }
        return trainer == thread;
    }

    private void firstStep() {
        if (tracker.current().filter(TrainingRun::standsInLoop).isEmpty()) {
            saver.refuse(new Unsupported(
                    "the training step",
                    "it was not called from a loop that Belay knows (a lambda given to forEach or a stream, say); name"
                            + " the loop around it with loop=package.Class#method"));
            return;
        }
        if (!counter.knowsEpochs() && settings.epochRequired()) {
            saver.refuse(new Unsupported(
                    "save_strategy=epoch", "no loop was found around the step loop; use save_strategy=steps or time"));
        }
    }

    private static boolean standsInLoop(LoopFrame innermost) {
        boolean atHead = innermost.at().map(PointShape::isHead).orElse(false);
        return atHead
                || innermost.insideLoop()
                || innermost.at().filter(p -> !p.around().isEmpty()).isPresent();
    }

    /** Before the first step, and in threads that only prepare data, points have nothing to serve. */
    private boolean isElsewhere() {
        return trainer != Thread.currentThread();
    }

    @Override
    public void born(String framework, Object object) {
        try {
            adapters.born(framework, object);
        } catch (Unsupported e) {
            if (resumption != null) {
                incompatible(e.getMessage());
            }
            saver.refuse(e);
        }
    }

    @Override
    public void evaluated() {
        if (isElsewhere()) {
            return;
        }
        saver.whileEvaluating(counter);
    }

    @Override
    public void arrived(LoopFrame frame, PointShape head) {
        if (!isElsewhere() && isEpochLoop(frame, head.index()) && counter.epochEnds()) {
            saver.afterEpoch(counter);
        }
    }

    @Override
    public void reached(LoopFrame frame, PointShape point) {
        saver.watch(frame, point);
        if (isElsewhere() || !stepSeen || point.kind() == PointKind.CALL || isLast(frame, point)) {
            return; // a call's arguments are already on the stack; the last exit has a checkpoint of its own
        }
        saver.serve(frame, counter);
        if (saver.takeRejection()) {
            tracker.rejectStepLoop();
            counter.restore(beforeLoop);
            trainer = null;
            stepSeen = false;
            training = false;
        }
    }

    @Override
    public void left(LoopFrame frame, PointShape exit) {
        if (isElsewhere()) {
            return;
        }
        if (extended != null && isLast(frame, exit)) {
            incompatible(extended, extended.leftAgain(exit).getMessage());
        }
        if (isEpochLoop(frame, exit.loop()) && counter.epochEnds()) {
            saver.afterEpoch(counter);
        }
        if (isLast(frame, exit) && training) {
            training = false; // a loop that only evaluates afterwards changes nothing that has to be kept
            saver.last(frame, counter);
        }
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
        } else if (resumption != null && !resumption.changed()) {
            Starts.keep(frame, point, resumption.chosen().manifest().notes());
        } else {
            starts.note(frame, point, locals);
        }
    }

    @Override
    public Object[] inject(LoopFrame frame, PointShape point, Object[] live) {
        int depth = Math.min(frame.depth(), resumption.depth() - 1);
        return whileResuming(depth, () -> {
            if (point.isHead()) {
                resumption.compare(frame);
            }
            return resumption.inject(frame, point, live);
        });
    }

    @Override
    public boolean mayJump(LoopFrame frame, Object[] live) {
        return (Boolean) whileResuming(frame.depth(), () -> new Object[] {resumption.mayJump(frame, live)})[0];
    }

    @Override
    public Object[] descend(LoopFrame frame, PointShape call, Object[] live) {
        return whileResuming(frame.depth(), () -> {
            resumption.compare(frame);
            return resumption.descend(frame, call, live);
        });
    }

    @Override
    public Object[] resume(int depth, PointShape point, Object[] live) {
        LoopFrame top = tracker.current().orElseThrow();
        Object[] locals = whileResuming(depth, () -> {
            resumption.compare(top);
            Object[] restored = resumption.resume(depth, live);
            if (isLast(top, point)) {
                resumption.atLastExit(top, point);
            }
            return restored;
        });
        counter.restore(resumption.chosen().manifest().notes());
        saver.resumed(counter);
        files.stepBegins();
        trainer = Thread.currentThread();
        training = !isLast(top, point);
        extended = training || !resumption.changed() ? null : resumption;
        System.setProperty("dev.belay.restored", "true");
        log.info("resumed checkpoint-" + counter.steps() + " at " + resumption.position() + ", step " + counter.steps()
                + ", " + settings.mostLost());
        elapsed.goOn(resumption.chosen().manifest().notes()).ifPresent(log::info);
        resumption = null;
        return locals;
    }

    @Override
    public Object[] source(String caller, String called, Object[] operands, Predicate<String> isBody) {
        return new PipelineSource(caller, isBody).of(called, operands).orElse(null);
    }

    @Override
    public Object repeated(LoopFrame body) {
        int depth = Math.min(body.depth(), resumption.depth() - 1);
        return whileResuming(depth, () -> new Object[] {resumption.repeated(body)})[0];
    }

    private Object[] whileResuming(int depth, java.util.function.Supplier<Object[]> work) {
        resumption.changedMethod(depth, tracker.methods()).ifPresent(this::incompatible);
        boolean interrupted = Thread.interrupted(); // a thread whose flag is set can read from no channel
        try {
            return work.get();
        } catch (Unsupported e) {
            incompatible(e.getMessage());
            throw e;
        } catch (RuntimeException | Error e) {
            incompatible("internal error " + e + "; please report it"); // what is half filled MUST NOT train
            throw e;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void incompatible(String why) {
        incompatible(resumption, why);
    }

    private void incompatible(Resumption which, String why) {
        files.showHeld();
        log.error("REFUSED resume of " + which.chosen().directory() + ": " + why);
        ExitCode.INCOMPATIBLE.end();
    }

    @Override
    public void missed(String found) {
        files.showHeld();
        log.error("POSITION MISSED: the program did not come back to " + resumption.position() + " of "
                + resumption.chosen().directory() + ": " + found
                + "; nothing was overwritten. Call the program as before, or choose another output_dir");
        ExitCode.POSITION_MISSED.end();
        throw new IllegalStateException("unreachable: the process has ended");
    }

    /** The program ended; a position that was never reached is a failure, not a success, unless it was told to stop. */
    void programEnds() {
        saver.programEnds();
        boolean signalled = Thread.getAllStackTraces().keySet().stream()
                .anyMatch(t -> t.getName().startsWith("SIG") && t.getName().endsWith(" handler"));
        if (resumption != null && !signalled) {
            missed("it ended before");
        }
        if (resumption == null && trainer == null && !signalled) {
            saver.noStep();
        }
        files.showHeld();
        if (!signalled) {
            files.ended();
        }
    }
}
