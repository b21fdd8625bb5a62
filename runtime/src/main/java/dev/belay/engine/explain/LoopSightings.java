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
            List<Integer> around = f.at().map(PointShape::around).orElse(List.of());
            boolean recursion = f.method().key().equals(frame.method().key());
            if (!around.isEmpty() && !recursion) {
                return Optional.of(new LoopHead(f.method().key(), around.get(around.size() - 1)));
            }
            f = f.parent().orElse(null);
        }
        return Optional.empty();
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
