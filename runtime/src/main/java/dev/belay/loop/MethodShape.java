package dev.belay.loop;

import java.util.List;
import java.util.Set;

/**
 * A woven method.
 *
 * @param key {@code package/Class#name(descriptor)}
 * @param codeHash hash of the method's code as it stands in the class resource, so that other agents do not change it
 * @param points its points, by index
 * @param body whether it is the body of a lambda which the JDK may call: what it returns is noted
 * @param evadable heads that a resume can jump to, from the head of the loop directly around it or from where the method
 *     begins; only those that the code in between may go past
 */
public record MethodShape(String key, String codeHash, List<PointShape> points, boolean body, Set<Integer> evadable) {

    public MethodShape {
        points = List.copyOf(points);
        evadable = Set.copyOf(evadable);
    }

    /** One that is called by code with points alone, and whose loops the program cannot go past. */
    public MethodShape(String key, String codeHash, List<PointShape> points) {
        this(key, codeHash, points, false, Set.of());
    }

    /** Returns the method as people write it: {@code package.Class#name}. */
    public String readable() {
        return key.substring(0, key.indexOf('(')).replace('/', '.');
    }
}
