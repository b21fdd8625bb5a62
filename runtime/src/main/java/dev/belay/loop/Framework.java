package dev.belay.loop;

import java.util.List;

/**
 * What the weaver must know of a framework; one descriptor file per framework, so that nothing names one statically.
 *
 * @param name short name, also that of its adapter, e.g. {@code djl}
 * @param packages package prefixes of its classes, with a trailing dot
 * @param loops prefixes of those packages whose own loops may be woven, e.g. where its fit method lives
 * @param steps step markers, {@code package.Class#method}; a subclass's override counts
 * @param evaluations calls that make a loop an evaluation loop
 * @param measures methods whose results the adapter wants to see, losses say; an override counts
 * @param births classes whose constructed instances the adapter wants to see
 * @param support package prefixes of libraries that it brings along and that hold no training state
 */
public record Framework(
        String name,
        List<String> packages,
        List<String> loops,
        List<String> steps,
        List<String> evaluations,
        List<String> measures,
        List<String> births,
        List<String> support) {

    public Framework {
        packages = List.copyOf(packages);
        loops = List.copyOf(loops);
        steps = List.copyOf(steps);
        evaluations = List.copyOf(evaluations);
        measures = List.copyOf(measures);
        births = List.copyOf(births);
        support = List.copyOf(support);
    }
}
