package dev.belay.loop;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A woven method.
 *
 * @param key {@code package/Class#name(descriptor)}
 * @param codeHash hash of the method's code as it stands in the class resource, so that other agents do not change it
 * @param points its points, by index
 * @param body whether it is the body of a lambda which the JDK may call: what it returns is noted
 * @param bounds how often its loops go round that count, by their heads
 * @param evadable heads that a resume can jump to, from the head of the loop directly around it or from where the method
 *     begins; only those that the code in between may go past
 */
public record MethodShape(
        String key,
        String codeHash,
        List<PointShape> points,
        boolean body,
        Map<Integer, LoopBound> bounds,
        Set<Integer> evadable) {

    public MethodShape {
        points = List.copyOf(points);
        bounds = Map.copyOf(bounds);
        evadable = Set.copyOf(evadable);
    }

    /** One that is called by code with points alone, of whose loops nothing is known. */
    public MethodShape(String key, String codeHash, List<PointShape> points) {
        this(key, codeHash, points, false, Map.of(), Set.of());
    }

    /** Returns how often a loop goes round, where it counts. */
    public Optional<LoopBound> bound(int head) {
        return Optional.ofNullable(bounds.get(head));
    }

    /** Returns the method as people write it: {@code package.Class#name}. */
    public String readable() {
        return key.substring(0, key.indexOf('(')).replace('/', '.');
    }
}
