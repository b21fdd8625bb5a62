package dev.belay.weave;

import dev.belay.loop.Framework;
import dev.belay.loop.MethodPattern;
import java.util.List;
import java.util.Optional;

/**
 * What to look for.
 *
 * @param mainClass binary name of the program's main class
 * @param loops loops that the user named
 * @param steps step markers that the user named
 * @param excludes methods that are left as they are
 * @param frameworks frameworks whose step markers are known
 * @param metric name of the local variables whose values are reported
 * @param files whether calls that open files are woven
 */
public record WeaveTargets(
        String mainClass,
        List<MethodPattern> loops,
        List<MethodPattern> steps,
        List<MethodPattern> excludes,
        List<Framework> frameworks,
        Optional<String> metric,
        boolean files) {

    /** Libraries that hold no training, and are no framework's. */
    static final String[] LAUNCHERS_AND_LOGGING = {
        "org.slf4j.",
        "ch.qos.logback.",
        "org.apache.logging.",
        "org.springframework.boot.loader.",
        "org.codehaus.plexus.classworlds.",
        "org.codehaus.mojo.exec."
    };

    public WeaveTargets {
        loops = List.copyOf(loops);
        steps = List.copyOf(steps);
        excludes = List.copyOf(excludes);
        frameworks = List.copyOf(frameworks);
    }
}
