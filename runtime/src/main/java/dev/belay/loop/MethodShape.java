package dev.belay.loop;

import java.util.List;

/**
 * A woven method.
 *
 * @param key {@code package/Class#name(descriptor)}
 * @param codeHash hash of the method's code as it stands in the class resource, so that other agents do not change it
 * @param points its points, by index
 * @param body whether it is the body of a lambda which the JDK may call: what it returns is noted
 */
public record MethodShape(String key, String codeHash, List<PointShape> points, boolean body) {

    public MethodShape {
        points = List.copyOf(points);
    }

    /** One that is called by code with points alone. */
    public MethodShape(String key, String codeHash, List<PointShape> points) {
        this(key, codeHash, points, false);
    }

    /** Returns the method as people write it: {@code package.Class#name}. */
    public String readable() {
        return key.substring(0, key.indexOf('(')).replace('/', '.');
    }
}
