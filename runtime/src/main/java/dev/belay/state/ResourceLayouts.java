package dev.belay.state;

import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The fields of live objects that are saved: those their adapter names, and those that the program's classes declare. */
final class ResourceLayouts {

    private final FrameworkTypes frameworks;
    private final Map<Class<?>, ClassLayout> layouts = new HashMap<>();

    ResourceLayouts(FrameworkTypes frameworks) {
        this.frameworks = frameworks;
    }

    ClassLayout of(Class<?> type) {
        return layouts.computeIfAbsent(type, t -> {
            List<Field> named = frameworks.adaptersFor(t).stream()
                    .flatMap(a -> a.stateFields(t).stream())
                    .toList();
            return ClassLayout.of(
                    t,
                    f -> named.contains(f)
                            || isStreams(t, f)
                            || (isPrograms(t, f.getDeclaringClass())
                                    && frameworks.adaptersFor(t).stream().noneMatch(a -> a.savesItself(f))));
        });
    }

    /** What a stream's class of the program keeps beside the streams below it; and what the JDK's counts for it. */
    private static boolean isStreams(Class<?> type, Field f) {
        boolean stream =
                java.io.OutputStream.class.isAssignableFrom(type) || java.io.Writer.class.isAssignableFrom(type);
        boolean counts = f.getDeclaringClass() == java.io.DataOutputStream.class
                && f.getName().equals("written");
        boolean standard = type == System.out.getClass() || type == System.err.getClass(); // of a logging library, say
        return stream && !standard && (counts || !ObjectPolicy.isJdk(f.getDeclaringClass()));
    }

    /** A program's own thread, and what it makes of a framework's classes, may hold state beside what is live. */
    private boolean isPrograms(Class<?> type, Class<?> declaring) {
        boolean extended =
                Thread.class.isAssignableFrom(type) || frameworks.firstOf(type).isPresent();
        return extended && !frameworks.has(declaring) && !ObjectPolicy.isJdk(declaring);
    }
}
