package dev.belay.loop;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Finds the step loops of a program that has no step markers, while it runs: the first loop that is worth saving in and
 * whose iterations are short, or, where nothing inside of them is such a loop, long. Its iterations are the steps of the
 * job from then on, and what is inside of them costs no more than a test.
 */
final class LoopChoice {

    /** A method that is entered so often, each time within {@link #SELDOM} ns on average, holds no such loop. */
    private static final int OFTEN = 2_000;

    private static final long SELDOM = 1_000_000L;
    private static final long ASKED_TOO_OFTEN = 1_000_000L;
    private static final long ASKED_TOO_RARELY = 8_000_000L;
    private static final int LONGEST_PACE = 1 << 20;

    private final LoopListener listener;
    private final LongSupplier clock;
    private final long worthwhile;
    private final Set<LoopHead> chosen = ConcurrentHashMap.newKeySet();
    private final Set<LoopHead> rejected = ConcurrentHashMap.newKeySet();
    private final Map<MethodShape, byte[]> modes = new ConcurrentHashMap<>();
    /** How long the loops ran, in all, that the JDK's calls of lambdas run again and again. */
    private final Map<LoopHead, Runs> repeated = new ConcurrentHashMap<>();

    private final Map<Integer, Entries> entries = new ConcurrentHashMap<>();
    private volatile LoopFrame running;
    private volatile PointShape runningHead;
    private long runs;
    private int pace = 1;
    private long asked;

    /**
     * @param clock monotonic, in ns
     * @param worthwhile how long a loop has run when it is worth saving in, in ns; iterations up to half of it are short
     */
    LoopChoice(LoopListener listener, LongSupplier clock, long worthwhile) {
        this.listener = listener;
        this.clock = clock;
        this.worthwhile = worthwhile;
    }

    /** Returns the step loops found so far. */
    Set<LoopHead> chosen() {
        return Set.copyOf(chosen);
    }

    /** A saved run had found these step loops. */
    void restore(Set<LoopHead> saved) {
        chosen.addAll(saved);
    }

    FrameLoops loops(MethodShape method) {
        return new FrameLoops(modes.computeIfAbsent(method, this::initialModes).clone());
    }

    private byte[] initialModes(MethodShape method) {
        byte[] initial = new byte[method.points().size()];
        Arrays.fill(initial, FrameLoops.ON);
        for (PointShape p : method.points()) {
            boolean insideStep = p.around().stream().anyMatch(h -> isStepLoop(new LoopHead(method.key(), h)));
            if (insideStep) {
                initial[p.index()] = FrameLoops.OFF;
            }
        }
        return initial;
    }

    private boolean isStepLoop(LoopHead head) {
        return chosen.contains(head) || rejected.contains(head);
    }

    /** Entries of one method since a moment; threads may lose some, which does no harm. */
    private static final class Entries {
        private long since;
        private int count;
    }

    /** Counts an entry of a method; returns whether it is entered so often that no loop in it can be worth saving in. */
    boolean isHot(int method) {
        Entries e = entries.computeIfAbsent(method, m -> new Entries());
        if (e.count++ == 0) {
            e.since = clock.getAsLong();
        } else if (e.count == OFTEN) {
            e.count = 0;
            if (clock.getAsLong() - e.since < OFTEN * SELDOM) {
                setHot(method);
                return true;
            }
        }
        return false;
    }

    private static synchronized void setHot(int method) {
        boolean[] hot = Arrays.copyOf(Points.hot, Math.max(Points.hot.length, method + 1));
        hot[method] = true;
        Points.hot = hot;
    }

    /** The head of a loop was reached and noted. */
    void arrived(LoopFrame frame, PointShape head) {
        FrameLoops loops = frame.loops();
        int i = head.index();
        boolean again = loops.takeTurn(i);
        if (loops.running(i)) {
            settle(frame, head);
        } else if (isStepLoop(head(frame, head))) {
            run(frame, head);
        } else if (again) {
            decide(frame, head, loops.iterate(i));
        } else {
            loops.begin(i, clock.getAsLong(), runs);
        }
    }

    private static LoopHead head(LoopFrame frame, PointShape head) {
        return new LoopHead(frame.method().key(), head.index());
    }

    /** Runs of a loop that have ended. */
    private record Runs(long nanos, int iterations) {
        Runs plus(Runs more) {
            return new Runs(nanos + more.nanos, iterations + more.iterations);
        }
    }

    /**
     * Returns the runs of a loop that no loop is around but one of the JDK, which calls a lambda: nothing coarser can be
     * chosen, so that its runs count as one.
     */
    private Runs earlier(LoopFrame frame, PointShape head) {
        return repeated.getOrDefault(head(frame, head), new Runs(0, 0));
    }

    private static boolean isRepeated(LoopFrame frame, PointShape head) {
        return head.around().isEmpty() && !LoopsAround.recognised(frame) && LoopsAround.ofTheJdk(frame);
    }

    private void decide(LoopFrame frame, PointShape head, int iterationsNow) {
        Runs earlier = earlier(frame, head);
        int iterations = earlier.iterations + iterationsNow;
        long elapsed = earlier.nanos + clock.getAsLong() - frame.loops().since(head.index());
        if (iterations < 2 || elapsed < worthwhile || !listener.mayTrain(elapsed)) {
            return;
        }
        boolean fine = elapsed / iterations <= worthwhile / 2;
        boolean nothingInside = frame.loops().runsBefore(head.index()) == runs;
        if (fine || nothingInside) {
            chosen.add(head(frame, head));
            modes.remove(frame.method());
            listener.chose(frame, head);
            run(frame, head);
            ended(frame, head, iterationsNow);
        }
    }

    /** A step loop is entered, or was on the stack when it was chosen or resumed. */
    private void run(LoopFrame frame, PointShape head) {
        frame.loops().stepLoop(frame.method(), head.index());
        frame.loops().run(head.index());
        running = frame;
        runningHead = head;
        if (chosen.contains(head(frame, head))) {
            runs++;
        }
        pace = 1;
        grant(frame, head, 1);
        Points.dormant = Thread.currentThread();
    }

    /** The resumed activations, whose innermost stands at {@code point}. */
    void resumed(LoopFrame top, PointShape point) {
        long now = clock.getAsLong();
        top.stack().forEach(f -> f.loops().beginAll(now, runs));
        if (point.isHead() && isStepLoop(head(top, point))) {
            run(top, point);
        }
    }

    /** The iterations that were granted have passed, or a step loop's head was reached with the flag up. */
    void settle(LoopFrame frame, PointShape head) {
        int passed = frame.loops().passed(head.index());
        if (passed > 0) {
            ended(frame, head, passed);
        }
    }

    private void ended(LoopFrame frame, PointShape head, int steps) {
        boolean counts = chosen.contains(head(frame, head));
        grant(frame, head, counts ? listener.stepsEnded(frame, head, steps) : Long.MAX_VALUE);
    }

    /** Asks the engine about once per millisecond, and no later than after {@code most} steps. */
    private void grant(LoopFrame frame, PointShape head, long most) {
        long now = clock.getAsLong();
        if (now - asked < ASKED_TOO_OFTEN) {
            pace = Math.min(2 * pace, LONGEST_PACE);
        } else if (now - asked > ASKED_TOO_RARELY) {
            pace = Math.max(1, pace / 2);
        }
        asked = now;
        frame.loops().grant(head.index(), (int) Math.max(1, Math.min(most, pace)));
    }

    /** A loop was left. */
    void left(LoopFrame frame, int loop) {
        if (frame.loops().running(loop)) {
            settle(frame, frame.method().points().get(loop));
            frame.loops().stop(loop);
            ended(frame);
        } else if (isRepeated(frame, frame.method().points().get(loop))) {
            PointShape head = frame.method().points().get(loop);
            Runs run = new Runs(
                    clock.getAsLong() - frame.loops().since(loop), frame.loops().iterations(loop));
            repeated.merge(head(frame, head), run, Runs::plus);
        }
    }

    /** An activation's step loop was left, or the activation has ended, maybe by an exception out of its step loop. */
    void ended(LoopFrame frame) {
        if (running == frame) { // a loop of another thread may have begun to run meanwhile
            running = null;
            runningHead = null;
            Points.dormant = null;
        }
    }

    /** Nothing can be saved in the step loop that is running: it is none. */
    void reject() {
        LoopHead head = head(running, runningHead);
        rejected.add(head);
        if (chosen.remove(head)) {
            runs--;
        }
    }
}
