package dev.belay.engine;

import dev.belay.loop.LoopFrame;
import dev.belay.loop.PointShape;
import dev.belay.state.StartValue;
import dev.belay.state.StartWalk;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** Notes what a program holds on its way to its first training loop, so that it can be told what its arguments decide. */
final class Starts {

    /** Code before the training that comes to so many loops is not looked at any more. */
    private static final int MOST_WALKS = 300;

    /** What was noted of an activation: also the values, where this attempt has seen them. */
    record Noted(Start start, List<StartValue> values) {}

    private final Capturer capturer;
    private final BooleanSupplier trained;
    private final ThreadLocal<StartWalk> walks = ThreadLocal.withInitial(StartWalk::new);
    private final ThreadLocal<int[]> count = ThreadLocal.withInitial(() -> new int[1]);

    /** @param trained whether the job has made a step, in this attempt or before */
    Starts(Capturer capturer, BooleanSupplier trained) {
        this.capturer = capturer;
        this.trained = trained;
    }

    void note(LoopFrame frame, PointShape point, Object[] locals) {
        if (trained.getAsBoolean()) {
            walks.remove(); // it holds on to what it has met
            note(frame, point, "it begins behind another training loop", List.of());
            return;
        }
        StartWalk walk = walks.get();
        if (count.get()[0]++ >= MOST_WALKS || walk.exhausted()) {
            note(frame, point, "the program holds too much before it trains", List.of());
            return;
        }
        List<StartValue> values = capturer.walk(walk, frame, point, locals);
        note(frame, point, walk.exhausted() ? "the program holds too much before it trains" : "", values);
    }

    private static void note(LoopFrame frame, PointShape point, String why, List<StartValue> values) {
        frame.start(point, new Noted(Start.of(frame, point, why, values), values));
    }

    /** Keeps what the saved run noted of an activation in this place. */
    static void keep(LoopFrame frame, PointShape point, Map<String, String> notes) {
        String saved = notes.get(Start.key(frame.depth()));
        if (saved != null) {
            frame.start(point, new Noted(Start.of(saved), List.of()));
        }
    }

    /** Returns what a checkpoint notes of the activations of a stack. */
    static Map<String, String> notes(LoopFrame top) {
        Map<String, String> notes = new TreeMap<>();
        for (LoopFrame frame : top.stack()) {
            frame.start()
                    .map(Noted.class::cast)
                    .ifPresent(
                            n -> notes.put(Start.key(frame.depth()), n.start().text()));
        }
        return notes;
    }
}
