package dev.belay.engine;

import dev.belay.loop.LoopFrame;
import dev.belay.loop.SavedBody;
import dev.belay.state.FrameImage;
import dev.belay.state.HeapRestore;
import dev.belay.state.Unsupported;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Gives the calls that a resume makes again what the bodies of lambdas had returned to them. Confined to one thread. */
final class BodyResults {

    private final HeapRestore restore;
    private final Supplier<Map<String, Object>> roots;
    private final Map<FrameImage, Map<FrameImage.BodyImage, Object>> given = new IdentityHashMap<>();

    BodyResults(HeapRestore restore, Supplier<Map<String, Object>> roots) {
        this.restore = restore;
        this.roots = roots;
    }

    /** Returns the bodies of a frame that are not run again. */
    Set<SavedBody> of(FrameImage frame) {
        return frame.bodies().stream()
                .filter(b -> b.result() >= 0 && (b.call() == frame.point() || restore.canPass(b.result())))
                .map(b -> new SavedBody(b.call(), b.method(), b.ordinal()))
                .collect(Collectors.toSet());
    }

    /**
     * Returns what a body had returned.
     *
     * @param caller what was saved of the activation that called it
     * @param onPath whether that one stands at the call of the saved position
     */
    Object result(FrameImage caller, boolean onPath, LoopFrame body) {
        int call = body.parent().orElseThrow().at().orElseThrow().index();
        Optional<FrameImage.BodyImage> found = caller.bodies().stream()
                .filter(b -> b.call() == call
                        && b.ordinal() == body.ordinal()
                        && b.method().equals(body.method().key()))
                .findFirst();
        if (found.isEmpty()) {
            return null; // it is called by the program itself
        }
        FrameImage.BodyImage saved = found.get();
        if (!onPath) {
            return restore.passing(saved.result());
        } else if (saved.arguments().length != body.arguments().length) {
            throw changed(body);
        }
        restore.entered(caller, saved.arguments(), body.arguments());
        return saved.result() == FrameImage.BodyImage.RUNNING
                ? null
                : given.computeIfAbsent(caller, this::all).get(saved);
    }

    private Map<FrameImage.BodyImage, Object> all(FrameImage caller) {
        List<FrameImage.BodyImage> returned = caller.bodies().stream()
                .filter(b -> b.call() == caller.point() && b.result() >= 0)
                .toList();
        int[] numbers = returned.stream().mapToInt(FrameImage.BodyImage::result).toArray();
        Object[] objects = restore.results(caller, numbers, roots.get());
        Map<FrameImage.BodyImage, Object> results = new HashMap<>();
        for (int i = 0; i < numbers.length; i++) {
            results.put(returned.get(i), objects[i]);
        }
        return results;
    }

    static boolean same(Object saved, Object now) {
        boolean value = saved instanceof Number || saved instanceof String || saved instanceof Boolean;
        return saved == now || value && saved.equals(now);
    }

    private static Unsupported changed(LoopFrame body) {
        return new Unsupported(
                body.method().readable(),
                "it was called with other values than in the saved run; call the program with the same data");
    }
}
