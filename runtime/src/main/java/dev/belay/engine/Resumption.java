package dev.belay.engine;

import dev.belay.loop.CountingIterator;
import dev.belay.loop.MethodShape;
import dev.belay.loop.PointShape;
import dev.belay.loop.ResumePath;
import dev.belay.loop.SavedFrame;
import dev.belay.state.Adapter;
import dev.belay.state.Adapters;
import dev.belay.state.FrameImage;
import dev.belay.state.HeapRestore;
import dev.belay.state.SavedState;
import dev.belay.state.Unsupported;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** One resume under way: puts a saved checkpoint into the fresh program, frame by frame. Confined to one thread. */
final class Resumption {

    private final CheckpointChoice.Chosen chosen;
    private final SavedState saved;
    private final HeapRestore restore;
    private final Adapters adapters;
    private final Settings settings;
    private final Supplier<Map<String, Object>> roots;

    Resumption(
            CheckpointChoice.Chosen chosen,
            SavedState saved,
            HeapRestore restore,
            Adapters adapters,
            Settings settings,
            Supplier<Map<String, Object>> roots) {
        this.chosen = chosen;
        this.saved = saved;
        this.restore = restore;
        this.adapters = adapters;
        this.settings = settings;
        this.roots = roots;
    }

    ResumePath path() {
        return new ResumePath(
                saved.frames().stream()
                        .map(f -> new SavedFrame(f.method(), f.point()))
                        .toList(),
                StepCounter.trainedLoops(chosen.manifest().notes()));
    }

    CheckpointChoice.Chosen chosen() {
        return chosen;
    }

    /** Returns a loop head's locals with the scalars and the iterators' places of its last arrival. */
    Object[] inject(int depth, PointShape head, Object[] live) {
        FrameImage frame = saved.frames().get(depth);
        Object[] locals = restore.inject(frame, head.index(), live);
        for (FrameImage.ArrivalImage arrival : frame.arrivals()) {
            if (arrival.head() == head.index()) {
                advance(arrival.counts(), locals);
            }
        }
        return locals;
    }

    private static void advance(long[] counts, Object[] locals) {
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] >= 0 && locals[i] instanceof CountingIterator it) {
                it.advanceTo(counts[i]);
            }
        }
    }

    Object[] descend(int depth, Object[] live) {
        return restore.descend(saved.frames().get(depth), live, roots.get());
    }

    /** Fills everything; random generators last. */
    Object[] resume(int depth, Object[] live) {
        List<Adapter> loaded = adapters.loaded();
        Fingerprint.difference(chosen.manifest().fingerprint(), adapterFingerprint(loaded), settings)
                .ifPresent(d -> {
                    throw new Unsupported("the checkpoint does not fit", d);
                });
        Object[] locals = restore.resume(saved.frames().get(depth), live, roots.get());
        loaded.forEach(a -> a.restore(saved));
        loaded.forEach(a -> a.restoreRandom(saved));
        return locals;
    }

    static Map<String, String> adapterFingerprint(List<Adapter> loaded) {
        Map<String, String> print = new TreeMap<>();
        loaded.forEach(a -> print.putAll(a.fingerprint()));
        return print;
    }

    /** Returns why a method that is about to be entered is not the saved one; empty if it is. */
    Optional<String> changedMethod(int depth, List<MethodShape> woven) {
        FrameImage frame = saved.frames().get(depth);
        return woven.stream()
                .filter(m -> m.key().equals(frame.method()) && !m.codeHash().equals(frame.codeHash()))
                .map(m -> m.readable() + " has code " + m.codeHash() + ", the checkpoint was saved with code "
                        + frame.codeHash() + "; resume with the program that saved it, or choose another output_dir")
                .findFirst();
    }

    /** Returns the saved position for people. */
    String position() {
        FrameImage deepest = saved.frames().get(saved.frames().size() - 1);
        String method = deepest.method();
        String readable = method.substring(0, method.indexOf('(')).replace('/', '.');
        return readable + (deepest.line() > 0 ? " line " + deepest.line() : "");
    }
}
