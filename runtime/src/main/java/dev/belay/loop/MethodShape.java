package dev.belay.loop;

import java.util.List;

/**
 * A woven method.
 *
 * @param key {@code package/Class#name(descriptor)}
 * @param codeHash hash of the method's code as it stands in the class resource, so that other agents do not change it
 * @param points its points, by index
 */
public record MethodShape(String key, String codeHash, List<PointShape> points) {

    public MethodShape {
        points = List.copyOf(points);
    }

    /** Returns the method as people write it: {@code package.Class#name}. */
    public String readable() {
        return key.substring(0, key.indexOf('(')).replace('/', '.');
    }
}
