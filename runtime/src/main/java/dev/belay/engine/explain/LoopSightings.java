package dev.belay.engine.explain;

import dev.belay.loop.LoopFrame;
import dev.belay.loop.LoopHead;
import dev.belay.loop.PointShape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Which loops were reached, how often, and inside of which other loop their methods were called first. Thread-safe. */
public final class LoopSightings {

    private final Map<LoopHead, Long> arrivals = new ConcurrentHashMap<>();
    private final Map<String, Optional<LoopHead>> callers = new ConcurrentHashMap<>();
    private final Map<String, Integer> order = new ConcurrentHashMap<>();

    /** A point was reached. */
    public void saw(LoopFrame frame, PointShape point) {
        if (point.isHead()) {
            String method = frame.method().key();
            arrivals.merge(new LoopHead(method, point.index()), 1L, Long::sum);
            callers.computeIfAbsent(method, m -> {
                order.put(m, order.size());
                return loopAround(frame);
            });
        }
    }

    private static Optional<LoopHead> loopAround(LoopFrame frame) {
        LoopFrame f = frame.parent().orElse(null);
        while (f != null) {
            String method = f.method().key();
            boolean recursion = method.equals(frame.method().key());
            Optional<LoopHead> loop = f.at().flatMap(LoopSightings::loop).map(h -> new LoopHead(method, h));
            if (loop.isPresent() && !recursion) {
                return loop;
            }
            f = f.parent().orElse(null);
        }
        return Optional.empty();
    }

    /** Behind its head an activation is in the loop, until it reaches another point. */
    private static Optional<Integer> loop(PointShape at) {
        List<Integer> around = at.around();
        if (at.isHead()) {
            return Optional.of(at.index());
        }
        return around.isEmpty() ? Optional.empty() : Optional.of(around.get(around.size() - 1));
    }

    /** Returns how often a head was reached. */
    long arrivals(LoopHead head) {
        return arrivals.getOrDefault(head, 0L);
    }

    boolean saw(String method) {
        return callers.containsKey(method);
    }

    /** Returns which of the methods it was, in the order of their first loops. */
    int order(String method) {
        return order.get(method);
    }

    /** Returns the loop from which a method was called first. */
    Optional<LoopHead> caller(String method) {
        return callers.getOrDefault(method, Optional.empty());
    }
}
