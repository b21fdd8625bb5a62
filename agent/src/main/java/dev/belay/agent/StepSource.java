package dev.belay.agent;

import dev.belay.loop.Framework;
import dev.belay.loop.MethodPattern;
import dev.belay.weave.Weaver;
import java.util.List;
import java.util.stream.Collectors;

/** Says how the steps of a program are known, for people. */
final class StepSource {

    private StepSource() {}

    static String text(AgentOptions options, Weaver weaver, List<Framework> frameworks) {
        if (!options.loops().isEmpty()) {
            return "an iteration of " + names(options.loops()) + " (loop=)";
        } else if (!options.steps().isEmpty()) {
            return "a call of " + names(options.steps()) + " (step=)";
        } else if (!weaver.marksSteps()) {
            return "an iteration of the first loop with short iterations that has run for "
                    + options.foundAfter().toMillis() / 1e3 + " s (found_after)";
        }
        return frameworks.stream()
                .flatMap(f -> f.steps().stream().map(s -> s + " (" + f.name() + ")"))
                .collect(Collectors.joining(", ", "a call of ", ""));
    }

    private static String names(List<MethodPattern> patterns) {
        return patterns.stream().map(p -> p.className() + "#" + p.method()).collect(Collectors.joining(", "));
    }
}
