package dev.belay.engine;

import dev.belay.loop.LoopFrame;
import dev.belay.loop.PointShape;
import dev.belay.state.StartValue;
import dev.belay.state.StartWalk;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** Notes what a program holds on its way to its first training loop, so that it can be told what its arguments decide. */
final class Starts {

    /** Code before the training that comes to so many loops is not looked at any more. */
    private static final int MOST_WALKS = 100;

    private static final String TOO_MUCH = "the program holds too much before it trains";

    /** What was noted of an activation: also the values, where this attempt has seen them. */
    record Noted(Start start, List<StartValue> values) {}

    private static final Noted LATE =
            new Noted(new Start("", "it begins behind another training loop", Map.of()), List.of());

    private final Capturer capturer;
    private final BooleanSupplier trained;
    /** By thread. They hold on to what they have met, so that they MUST be given up when training begins. */
    private final Map<Thread, StartWalk> walks = new ConcurrentHashMap<>();

    private final Log log;

    /** @param trained whether the job has made a step, in this attempt or before */
    Starts(Capturer capturer, BooleanSupplier trained, Log log) {
        this.capturer = capturer;
        this.trained = trained;
        this.log = log;
    }

    /** The program trains from now on. */
    void over() {
        walks.clear();
    }

    /** Whatever goes wrong here only means that the run cannot be resumed with other arguments. */
    void note(LoopFrame frame, PointShape point, Object[] locals) {
        if (trained.getAsBoolean()) {
            frame.start(point, LATE);
            return;
        }
        StartWalk walk = walks.computeIfAbsent(Thread.currentThread(), t -> new StartWalk(MOST_WALKS));
        if (walk.exhausted()) {
            note(frame, point, TOO_MUCH, List.of());
            return;
        }
        try {
            List<StartValue> values = capturer.walk(walk, frame, point, locals);
            note(frame, point, walk.exhausted() ? TOO_MUCH : "", values);
        } catch (RuntimeException | LinkageError e) {
            log.debug("what the program holds before it trains could not be looked through: " + e);
            note(frame, point, "what the program held before it trained could not be looked through", List.of());
        }
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
