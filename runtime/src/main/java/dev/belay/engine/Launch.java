package dev.belay.engine;

import dev.belay.engine.explain.Question;
import dev.belay.loop.Framework;
import dev.belay.loop.LoopTracker;
import dev.belay.loop.Points;
import dev.belay.state.Adapters;
import dev.belay.state.ObjectPolicy;
import dev.belay.state.SavedState;
import dev.belay.state.Staging;
import dev.belay.state.Unsupported;
import dev.belay.store.Attempt;
import dev.belay.store.CheckpointStore;
import dev.belay.store.Committed;
import dev.belay.store.Fenced;
import dev.belay.store.StoreProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Sets an attempt up before the program starts: store, choice of a checkpoint, resume plan. */
public final class Launch {

    private final Settings settings;
    private final Log log;
    private final ProgramIdentity program;
    private final Adapters adapters;
    private final ElapsedTime elapsed;
    private final ProgramFiles files;
    private final TrainingRun run;
    private final LoopTracker tracker;
    private Optional<Question> question = Optional.empty();
    private Explained explained;

    /** @param agentLoader the loader of Belay's own classes */
    public Launch(Settings settings, Log log, ProgramIdentity program, ClassLoader agentLoader) {
        this.settings = settings;
        this.log = log;
        this.program = program;
        this.adapters = new Adapters(agentLoader);
        this.elapsed = new ElapsedTime(settings.clockContinues());
        this.files = new ProgramFiles(settings, log);
        this.run = new TrainingRun(settings, log, adapters, files, elapsed);
        this.tracker = new LoopTracker(run);
    }

    /**
     * The program is only to be explained; MUST be called before anything else.
     *
     * @param asked what is asked
     * @param real the settings that the program would run with
     * @param found how its steps are known, for people
     */
    public void explain(Question asked, Settings real, String found) {
        question = Optional.of(asked);
        explained = new Explained(program.mainClass(), found, real);
    }

    /** Nothing in the program can be a training loop. Ends the process if the program was only to be explained. */
    public void withoutLoop() {
        question.ifPresent(q -> Explainer.endWithoutLoop(q, explained, log));
    }

    /** Returns where woven methods are registered. */
    public LoopTracker tracker() {
        return tracker;
    }

    /** The program's steps are not marked: its step loops are found while it runs. */
    public void findStepLoops() {
        tracker.findStepLoops(System::nanoTime, settings.foundAfter().toNanos());
    }

    /**
     * Returns how objects are treated, for the frameworks given.
     *
     * @param types as {@link ProgramView#types()}
     */
    public Supplier<ObjectPolicy> policy(List<Framework> frameworks, ClassLoader types) {
        List<String> packages =
                frameworks.stream().flatMap(f -> f.packages().stream()).toList();
        List<String> support =
                frameworks.stream().flatMap(f -> f.support().stream()).toList();
        Consumer<Class<?>> met = type -> frameworks.stream()
                .filter(f -> f.packages().stream().anyMatch(type.getName()::startsWith))
                .findFirst()
                .ifPresent(f -> adapters.met(f.name(), type));
        return () -> new ObjectPolicy(packages, support, adapters::loaded, met, files, types);
    }

    /** Opens the store, chooses a checkpoint and connects the woven code; ends the process where the contract says so. */
    public void start(ProgramView view) {
        try {
            CheckpointStore store = CheckpointStore.open(settings.outputDir(), Clock.systemUTC());
            Attempt attempt = store.begin(Map.of("main", program.mainClass()));
            Optional<CheckpointChoice.Chosen> chosen = new CheckpointChoice(store, settings, log).choose(attempt);
            Map<String, String> fingerprint = Fingerprint.ofProcess(program);
            Staging staging = new Staging(settings.snapshotMemoryBytes());
            Capturer capturer = new Capturer(view, adapters, files, staging);
            Optional<Resumption> resumption = chosen.isPresent()
                    ? Optional.of(resumption(chosen.get(), fingerprint, view, capturer, staging))
                    : Optional.empty();
            long parent = chosen.isPresent() ? parent(store, chosen.get()) : 0;
            startFiles(chosen, parent);
            Persister persister = new Persister(store, attempt, settings, log, files, parent);
            Saver saver = new Saver(
                    settings,
                    new PatientCapturer(capturer, log),
                    persister,
                    new SnapshotNotes(files, adapters, elapsed, fingerprint),
                    new Verdict(settings, log, files, view.notWoven(), tracker.findsStepLoops()));
            question.ifPresent(q -> saver.explainTo(explainer(q, view, capturer)));
            run.start(tracker, capturer, saver, resumption);
            Runtime.getRuntime().addShutdownHook(new Thread(run::programEnds, "belay-end"));
            Points.connect(tracker);
        } catch (StoreProblem e) {
            end(ExitCode.USAGE, "output_dir: " + e.getMessage());
        } catch (IOException e) {
            end(
                    ExitCode.USAGE,
                    "output_dir " + settings.outputDir() + " cannot be used: " + e
                            + "; make it readable and writable, with room left, or choose another output_dir");
        } catch (Fenced e) {
            end(ExitCode.FENCED, "FENCED " + e.getMessage());
        } catch (CheckpointChoice.Impossible e) {
            end(e.code(), e.getMessage());
        }
    }

    private Explainer explainer(Question asked, ProgramView view, Capturer capturer) {
        Explainer explainer = new Explainer(asked, explained, log, tracker, view, capturer, run.counter());
        explainer.begin();
        return explainer;
    }

    /** A checkpoint of another directory has a seq of that directory's, which means nothing here. */
    private static long parent(CheckpointStore store, CheckpointChoice.Chosen chosen) throws IOException {
        Path taken = chosen.directory().toRealPath();
        for (Committed c : store.committed()) {
            Path directory = store.directory().resolve(c.directoryName());
            if (Files.exists(directory) && directory.toRealPath().equals(taken)) {
                return c.seq();
            }
        }
        return 0;
    }

    private void startFiles(Optional<CheckpointChoice.Chosen> chosen, long parent)
            throws CheckpointChoice.Impossible, IOException {
        if (chosen.isEmpty()) {
            files.startAfresh(program);
            return;
        }
        try {
            files.follow(chosen.get().manifest().notes(), parent > 0);
        } catch (Unsupported e) {
            throw new CheckpointChoice.Impossible(
                    ExitCode.INCOMPATIBLE, "REFUSED resume of " + chosen.get().directory() + ": " + e.getMessage());
        }
    }

    private Resumption resumption(
            CheckpointChoice.Chosen chosen,
            Map<String, String> now,
            ProgramView view,
            Capturer capturer,
            Staging staging)
            throws CheckpointChoice.Impossible, IOException {
        Map<String, String> saved = chosen.manifest().fingerprint();
        Optional<String> difference = Fingerprint.difference(saved, now, settings);
        if (difference.isPresent()) {
            throw new CheckpointChoice.Impossible(
                    ExitCode.INCOMPATIBLE, "REFUSED resume of " + chosen.directory() + ": " + difference.get());
        }
        Fingerprint.accepted(saved, now, settings).forEach(d -> log.warn("resumed all the same: " + d));
        List<ArgumentList.Change> changes = Fingerprint.changes(saved, now);
        ThreadSettings.enforce(saved, log);
        try {
            SavedState state = SavedState.open(chosen.directory());
            elapsed.begin(chosen.manifest().notes());
            return new Resumption(
                    chosen,
                    state,
                    state.restore(view.policy().get(), view.types()),
                    adapters,
                    settings,
                    files,
                    capturer::roots,
                    staging,
                    changes.isEmpty()
                            ? Optional.empty()
                            : Optional.of(new ChangedRun(
                                    changes,
                                    settings.acceptChanges(),
                                    chosen.manifest().notes(),
                                    elapsed,
                                    log)));
        } catch (Unsupported e) {
            throw new CheckpointChoice.Impossible(
                    ExitCode.INCOMPATIBLE, "REFUSED resume of " + chosen.directory() + ": " + e.getMessage());
        }
    }

    private void end(ExitCode code, String message) {
        log.error(message);
        code.end();
    }
}
