package dev.belay.engine;

import dev.belay.loop.CountingIterator;
import dev.belay.loop.LoopFrame;
import dev.belay.loop.MethodShape;
import dev.belay.loop.PointShape;
import dev.belay.loop.ResumePath;
import dev.belay.loop.SavedFrame;
import dev.belay.state.Adapter;
import dev.belay.state.Adapters;
import dev.belay.state.FrameImage;
import dev.belay.state.HeapRestore;
import dev.belay.state.JdkRandom;
import dev.belay.state.SavedState;
import dev.belay.state.Staging;
import dev.belay.state.Unsupported;
import dev.belay.store.CheckpointStore;
import dev.belay.store.Reading;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** One resume under way: puts a saved checkpoint into the fresh program, frame by frame. Confined to one thread. */
final class Resumption {

    private static final String ORDINALS = "ordinals";

    private final CheckpointChoice.Chosen chosen;
    private final SavedState saved;
    private final HeapRestore restore;
    private final Adapters adapters;
    private final Settings settings;
    private final ProgramFiles files;
    private final Supplier<Map<String, Object>> roots;
    private final Staging staging;
    private final Optional<ChangedRun> changes;
    private final BodyResults bodies;
    private final Reading reading;

    Resumption(
            CheckpointChoice.Chosen chosen,
            SavedState saved,
            HeapRestore restore,
            Adapters adapters,
            Settings settings,
            ProgramFiles files,
            Supplier<Map<String, Object>> roots,
            Staging staging,
            Optional<ChangedRun> changes) {
        this.chosen = chosen;
        this.saved = saved;
        this.restore = restore;
        this.adapters = adapters;
        this.settings = settings;
        this.files = files;
        this.roots = roots;
        this.staging = staging;
        this.changes = changes;
        this.bodies = new BodyResults(restore, roots);
        this.reading = CheckpointStore.reading(chosen.directory()); // it may be one of another program's
        staging.expectConstant(saved.constantArrays());
    }

    ResumePath path() {
        Map<String, String> notes = chosen.manifest().notes();
        int[] ordinals = Arrays.stream(notes.get(ORDINALS).split(" "))
                .mapToInt(Integer::parseInt)
                .toArray();
        List<SavedFrame> frames = new ArrayList<>();
        for (FrameImage f : frames()) {
            frames.add(savedFrame(f, ordinals[frames.size()]));
        }
        return new ResumePath(frames, StepCounter.trainedLoops(notes));
    }

    private SavedFrame savedFrame(FrameImage frame, int ordinal) {
        return new SavedFrame(
                frame.method(),
                frame.point(),
                ordinal,
                frame.arrivals().stream().map(FrameImage.ArrivalImage::point).collect(Collectors.toSet()),
                frame.completed().stream()
                        .collect(Collectors.toMap(FrameImage.CompletedImage::call, c -> savedFrame(c.frame(), 0))),
                bodies.of(frame),
                frame.arrivals().stream()
                        .filter(a -> isWhole(frame, a))
                        .map(FrameImage.ArrivalImage::point)
                        .collect(Collectors.toSet()));
    }

    private boolean isWhole(FrameImage frame, FrameImage.ArrivalImage arrival) {
        boolean instance = !frame.names().isEmpty() && frame.names().get(0).equals("this");
        return Arrays.stream(arrival.values()).skip(instance ? 1 : 0).allMatch(restore::canPass);
    }

    /** Returns what the path needs beside the frames: the ordinals of the activations, from the outermost on, and their starts. */
    static Map<String, String> notes(LoopFrame top) {
        Map<String, String> notes = new TreeMap<>(Starts.notes(top));
        notes.put(
                ORDINALS,
                top.stack().stream().map(f -> Integer.toString(f.ordinal())).collect(Collectors.joining(" ")));
        return notes;
    }

    private List<FrameImage> frames() {
        return restore.frames();
    }

    /** Returns whether the program was called in another way than the saved run. */
    boolean changed() {
        return changes.isPresent();
    }

    /** A point of the saved path is about to be served. */
    void compare(LoopFrame activation) {
        changes.ifPresent(c -> c.compare(activation, restore));
    }

    /** The saved position is the exit of the last loop. */
    void atLastExit(LoopFrame activation, PointShape exit) {
        changes.ifPresent(c -> c.goBack(activation, exit));
    }

    /** The last loop, which was complete in the saved run, was left again before it made a step. */
    Unsupported leftAgain(PointShape exit) {
        return changes.orElseThrow().leftAgain(exit);
    }

    CheckpointChoice.Chosen chosen() {
        return chosen;
    }

    /** Returns a loop head's locals with the scalars and the iterators' places of its last arrival. */
    Object[] inject(LoopFrame activation, PointShape head, Object[] live) {
        FrameImage frame = image(activation);
        Object[] locals = restore.inject(frame, head.index(), live);
        for (FrameImage.ArrivalImage arrival : frame.arrivals()) {
            if (arrival.point() == head.index()) {
                advance(head, arrival.counts(), locals);
            }
        }
        return locals;
    }

    /** Returns what was saved of an activation: it is on the path, or it is called again and had ended. */
    private FrameImage image(LoopFrame activation) {
        LoopFrame below = activation.parent().orElse(null);
        if (below == null) {
            return frames().get(0);
        }
        FrameImage caller = image(below);
        int call = below.at().orElseThrow().index();
        boolean onPath =
                below.depth() < frames().size() - 1 && caller == frames().get(below.depth()) && caller.point() == call;
        return onPath ? frames().get(activation.depth()) : ended(caller, call);
    }

    private static FrameImage ended(FrameImage caller, int call) {
        return caller.completed().stream()
                .filter(c -> c.call() == call)
                .map(FrameImage.CompletedImage::frame)
                .findFirst()
                .orElseThrow();
    }

    /** Returns what a body returned that the saved run had called; null for the one that was running. */
    Object repeated(LoopFrame body) {
        LoopFrame caller = body.parent().orElseThrow();
        boolean onPath = caller.depth() < frames().size()
                && image(caller) == frames().get(caller.depth())
                && caller.at().orElseThrow().index()
                        == frames().get(caller.depth()).point();
        return bodies.result(image(caller), onPath, body);
    }

    /**
     * Returns whether all live objects that the saved position needs are there, so that the code on the way to it need not be
     * run. What a framework's objects do to each other is not known, nor what a program does with other arguments.
     */
    boolean mayJump(LoopFrame activation, Object[] live) {
        FrameImage frame = frames().get(activation.depth());
        return adapters.loaded().isEmpty()
                && changes.isEmpty()
                && restore.isComplete(frame, Arrays.copyOf(live, frame.locals().length), roots.get());
    }

    /** Returns how many activations the saved position has. */
    int depth() {
        return frames().size();
    }

    private static void advance(PointShape head, long[] counts, Object[] locals) {
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] >= 0 && locals[i] instanceof CountingIterator it) {
                if (!it.advanceTo(counts[i])) {
                    throw new Unsupported(
                            "the loop at line " + head.line(),
                            "its iterator gives fewer than the " + counts[i] + " elements that the saved run took; call"
                                    + " the program with the same data");
                }
            }
        }
    }

    Object[] descend(LoopFrame activation, PointShape call, Object[] live) {
        return outer(activation, call, live, all -> {
            adapters.loaded().forEach(a -> a.prepare(saved));
            return restore.descend(frames().get(activation.depth()), all, roots.get());
        });
    }

    /** The program is on the way to its first loop: nothing that it has so far is changed. */
    Object[] start(LoopFrame activation, PointShape call, Object[] live) {
        FrameImage frame = frames().get(activation.depth());
        return outer(activation, call, live, all -> restore.start(frame, all, roots.get()));
    }

    /** What a call of the JDK goes over comes behind the locals; it is in the JDK's hands, and MUST be what was saved. */
    private Object[] outer(LoopFrame activation, PointShape call, Object[] live, UnaryOperator<Object[]> restored) {
        FrameImage frame = frames().get(activation.depth());
        Object[] source = activation.source(call) == null ? new Object[0] : activation.source(call);
        int sourceLength = frame.locals().length - live.length;
        if (sourceLength != 0 && sourceLength != source.length) {
            throw otherSource(activation, call);
        }
        Object[] all = Arrays.copyOf(live, frame.locals().length);
        System.arraycopy(source, 0, all, live.length, sourceLength);
        if (changes.isPresent()
                && activation.start().isPresent()
                && !activation.insideLoop()
                && call.around().isEmpty()) {
            restore.enter(frame, all); // what the frames further in hold is still to be compared
            return live;
        }
        Object[] locals = restored.apply(all);
        for (int i = live.length; i < all.length; i++) {
            if (!BodyResults.same(locals[i], all[i])) {
                throw otherSource(activation, call);
            }
        }
        return Arrays.copyOf(locals, live.length);
    }

    private static Unsupported otherSource(LoopFrame activation, PointShape call) {
        return new Unsupported(
                activation.method().readable() + " line " + call.line(),
                "this stream or forEach goes over other data than in the saved run; call the program as before");
    }

    /** Fills everything; random generators last. */
    Object[] resume(int depth, Object[] live) {
        changes.ifPresent(ChangedRun::complete);
        List<Adapter> loaded = adapters.loaded();
        loaded.forEach(a -> a.prepare(saved));
        Fingerprint.difference(chosen.manifest().fingerprint(), adapterFingerprint(loaded), settings)
                .ifPresent(d -> {
                    throw new Unsupported("the checkpoint does not fit", d);
                });
        Object[] locals = restore.resume(frames().get(depth), live, roots.get());
        staging.expectRows(restore.rows());
        loaded.forEach(a -> a.restore(saved));
        files.resumed(restore.resources());
        loaded.forEach(a -> a.restoreRandom(saved));
        JdkRandom.restore(saved);
        reading.close();
        return locals;
    }

    static Map<String, String> adapterFingerprint(List<Adapter> loaded) {
        Map<String, String> print = new TreeMap<>();
        loaded.forEach(a -> print.putAll(a.fingerprint()));
        return print;
    }

    /** Returns why a method that is about to be entered is not the saved one; empty if it is. */
    Optional<String> changedMethod(int depth, List<MethodShape> woven) {
        return changed(frames().get(depth), woven);
    }

    /** Loops of activations that had ended are skipped by their points, so their code counts, too. */
    private static Optional<String> changed(FrameImage frame, List<MethodShape> woven) {
        Optional<String> own = woven.stream()
                .filter(m -> m.key().equals(frame.method()) && !m.codeHash().equals(frame.codeHash()))
                .map(m -> m.readable() + " has code " + m.codeHash() + ", the checkpoint was saved with code "
                        + frame.codeHash() + "; resume with the program that saved it, or choose another output_dir")
                .findFirst();
        return own.isPresent()
                ? own
                : frame.completed().stream()
                        .map(c -> changed(c.frame(), woven))
                        .flatMap(Optional::stream)
                        .findFirst();
    }

    /** Returns the saved position for people. */
    String position() {
        FrameImage deepest = frames().get(frames().size() - 1);
        String method = deepest.method();
        String readable = method.substring(0, method.indexOf('(')).replace('/', '.');
        return readable + (deepest.line() > 0 ? " line " + deepest.line() : "");
    }
}
