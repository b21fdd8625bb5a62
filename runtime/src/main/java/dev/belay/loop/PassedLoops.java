package dev.belay.loop;

import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * What an activation remembers of loops that it came to or left, and of calls that ended, until the loop around them goes
 * on: it may decide what the code behind them does. Made when there is something to remember.
 */
final class PassedLoops {

    private static final int MAX_HEIGHT = 6;

    private final MethodShape method;
    private Arrival[] arrivals;
    private LoopFrame[] completed;
    private int height;

    PassedLoops(MethodShape method) {
        this.method = method;
    }

    Optional<Arrival> arrival(int point) {
        return arrivals == null ? Optional.empty() : Optional.ofNullable(arrivals[point]);
    }

    Optional<LoopFrame> completed(int call) {
        return completed == null ? Optional.empty() : Optional.ofNullable(completed[call]);
    }

    /**
     * The head of a loop that holds other points was reached, or a loop was left.
     *
     * @param forgetCall takes each call that is made anew from here on
     */
    void arrived(PointShape point, Object[] values, IntConsumer forgetCall) {
        if (arrivals == null) {
            arrivals = new Arrival[method.points().size()];
        }
        forget(point, forgetCall);
        arrivals[point.index()] = Arrival.of(own(point, values));
    }

    /** What only a way back would need is not kept for longer than the program stands there. */
    private static Object[] own(PointShape point, Object[] values) {
        if (!point.canReturn()) {
            return values;
        }
        Object[] kept = new Object[values.length];
        System.arraycopy(values, 0, kept, 0, point.own());
        return kept;
    }

    /** A call has ended that made this activation, which remembers something itself; null if it remembers bodies alone. */
    void ended(PointShape call, LoopFrame called, PassedLoops its) {
        if (completed == null) {
            completed = new LoopFrame[method.points().size()];
        }
        completed[call.index()] = called;
        int below = its == null ? 0 : Math.min(its.height, MAX_HEIGHT);
        height = Math.max(height, below + 1);
        if (its != null && below == MAX_HEIGHT) {
            its.completed = null; // a recursion must not keep all of its calls
            its.height = 0;
        }
    }

    /** Another iteration has left none of its inner loops yet; a loop is left in one way. */
    private void forget(PointShape reached, IntConsumer forgetCall) {
        for (PointShape p : method.points()) {
            boolean past =
                    reached.leaves() ? p.loop() == reached.loop() : p.around().contains(reached.index());
            if (p.leaves() && past) {
                arrivals[p.index()] = null;
            } else if (past) {
                if (completed != null) {
                    completed[p.index()] = null;
                }
                forgetCall.accept(p.index());
            }
        }
    }
}
