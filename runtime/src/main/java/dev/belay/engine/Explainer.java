package dev.belay.engine;

import dev.belay.engine.explain.LoopSightings;
import dev.belay.engine.explain.LoopTree;
import dev.belay.engine.explain.Question;
import dev.belay.engine.explain.StateReport;
import dev.belay.loop.LoopFrame;
import dev.belay.loop.LoopHead;
import dev.belay.loop.LoopTracker;
import dev.belay.loop.MethodShape;
import dev.belay.loop.PointShape;
import dev.belay.state.Snapshot;
import dev.belay.state.Unsupported;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Answers a {@link Question}: watches what the run does with the program, and ends the program when it knows. Its facts are
 * those of the very captures, refusals and loops of this run.
 */
final class Explainer {

    private static final int MOST_REFUSALS = 1_000;

    /** A loop that was found at run time and is over before may have prepared the training only. */
    private static final long LASTING_NANOS = Duration.ofSeconds(3).toNanos();

    private final Question question;
    private final Explained program;
    private final Log log;
    private final LoopTracker tracker;
    private final ProgramView view;
    private final Capturer capturer;
    private final StepCounter counter;
    private final LoopSightings sightings = new LoopSightings();
    private final Set<LoopHead> rejected = new HashSet<>();
    private final List<Map<String, Object>> refusals = new ArrayList<>();
    private final Map<String, Object> state = new LinkedHashMap<>();
    private Set<LoopHead> path = Set.of();
    private Set<LoopHead> stepLoops = Set.of();
    /** Where a loop was found to be the training loop: when, after how many steps. */
    private long choseNanos;

    private long stepsBefore;

    Explainer(
            Question question,
            Explained program,
            Log log,
            LoopTracker tracker,
            ProgramView view,
            Capturer capturer,
            StepCounter counter) {
        this.question = question;
        this.program = program;
        this.log = log;
        this.tracker = tracker;
        this.view = view;
        this.capturer = capturer;
        capturer.explain();
        this.counter = counter;
    }

    /** From now on the time runs. */
    void begin() {
        write(Map.of("outcome", "running"));
        new OwnThread(this::awaitTimeout, "belay-explain").start();
    }

    private void awaitTimeout() {
        try {
            Thread.sleep(question.timeout().toMillis());
            end("timeout");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody interrupts it
        }
    }

    void saw(LoopFrame frame, PointShape point) {
        sightings.saw(frame, point);
    }

    /** A loop was found at run time. */
    void chose() {
        choseNanos = System.nanoTime();
        stepsBefore = counter.steps();
    }

    /** Returns whether the program has made its steps. */
    boolean wants(long steps) {
        boolean found = tracker.findsStepLoops();
        boolean lasts = !found || System.nanoTime() - choseNanos >= LASTING_NANOS;
        return lasts && steps - stepsBefore >= question.steps();
    }

    /** A trial save was made; its snapshot's memory may be used again. */
    synchronized void saved(LoopFrame at, Snapshot snapshot, long stallNanos, long writeNanos, long trialBytes) {
        Map<String, Object> checkpoint = new LinkedHashMap<>();
        checkpoint.put("bytes", trialBytes);
        checkpoint.put("objects", snapshot.objects());
        checkpoint.put("tensor_bytes", snapshot.tensorBytes());
        checkpoint.put("stall_ms", stallNanos / 1e6);
        checkpoint.put("write_ms", writeNanos / 1e6);
        List<String> orders =
                snapshot.unordered().stream().map(OrderWarnings::text).toList();
        state.clear();
        StateReport.add(state, capturer.accountOfLast(), at.stack());
        state.put("checkpoint", checkpoint);
        state.put("orders", orders);
        standsAt(at);
        if (wants(counter.steps())) {
            end("savable");
        }
    }

    /**
     * Something was refused.
     *
     * @param at where the training thread stood, or null
     * @param goesOn whether Belay looks for another loop
     */
    synchronized void refused(Unsupported first, LoopFrame at, boolean goesOn) {
        String loop = at == null ? "" : at.method().readable();
        refuse(first, loop);
        if (at != null) {
            standsAt(at);
            Account account = capturer.accountWithRefusals(at);
            account.refused().stream()
                    .filter(e -> !e.getMessage().equals(first.getMessage()))
                    .forEach(e -> refuse(e, loop));
            if (!goesOn || !state.containsKey("checkpoint")) {
                state.clear();
                StateReport.add(state, account.state(), at.stack());
            }
        }
        if (goesOn) {
            rejected.addAll(tracker.stepLoops());
        } else {
            end("refused");
        }
    }

    private void refuse(Unsupported e, String loop) {
        if (refusals.size() < MOST_REFUSALS) {
            Map<String, Object> refusal = new LinkedHashMap<>();
            refusal.put("loop", loop);
            refusal.put("path", e.what());
            refusal.put("text", e.getMessage());
            refusals.add(refusal);
        }
    }

    private void standsAt(LoopFrame top) {
        Set<LoopHead> heads = new HashSet<>();
        for (LoopFrame f : top.stack()) {
            String method = f.method().key();
            f.at().ifPresent(p -> {
                p.around().forEach(h -> heads.add(new LoopHead(method, h)));
                if (p.isHead()) {
                    heads.add(new LoopHead(method, p.index()));
                }
            });
        }
        path = heads;
        stepLoops = tracker.stepLoops();
    }

    /** The program ends by itself; its exit code is its own. */
    synchronized void ended() {
        write(report("ended"));
    }

    private synchronized void end(String outcome) {
        write(report(outcome));
        System.out.flush();
        Runtime.getRuntime().halt(Question.ANSWERED);
    }

    private Map<String, Object> report(String outcome) {
        Map<String, Object> report = program.begin(outcome);
        report.put("steps", counter.steps());
        report.put("loops", loops());
        report.putAll(state);
        report.put("refusals", refusals);
        List<String> warnings = new ArrayList<>(log.warnings());
        warnings.removeIf(w -> w.startsWith("REFUSED ") || w.startsWith("left as it is: "));
        report.put("warnings", warnings);
        report.put("not_woven", view.notWoven().get());
        return report;
    }

    private List<Map<String, Object>> loops() {
        Set<LoopHead> steps = new HashSet<>(stepLoops.isEmpty() ? tracker.stepLoops() : stepLoops);
        Set<LoopHead> epochs = new HashSet<>();
        for (MethodShape method : tracker.methods()) {
            for (PointShape p : method.points()) {
                if (p.steps()) {
                    steps.add(new LoopHead(method.key(), p.index()));
                }
                if (counter.isEpochLoop(method.key(), p.index())) {
                    epochs.add(new LoopHead(method.key(), p.index()));
                }
            }
        }
        steps.removeAll(rejected);
        return LoopTree.of(
                tracker.methods(), sightings, view.atlas(), new LoopTree.Roles(steps, epochs, rejected, path));
    }

    private void write(Map<String, Object> report) {
        try {
            question.answer(report);
        } catch (IOException e) {
            log.error("the report cannot be written: " + e + "; make room in the directory of temporary files");
        }
    }

    /** Returns the report on a program in which nothing can be a training loop. */
    static void endWithoutLoop(Question question, Explained program, Log log) {
        Map<String, Object> report = program.begin("no_loop");
        report.put(
                "warnings",
                log.warnings().stream()
                        .filter(w -> !w.startsWith("found no training step"))
                        .toList());
        try {
            question.answer(report);
        } catch (IOException e) {
            log.error("the report cannot be written: " + e + "; make room in the directory of temporary files");
        }
        Runtime.getRuntime().halt(Question.ANSWERED);
    }
}
