package dev.belay.weave;

import dev.belay.loop.Framework;
import dev.belay.loop.MethodPattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/** Finds which methods of a program train, evaluate and hold points. */
final class Reach {

    private final ProgramGraph graph;
    private final Predicate<String> weavable;
    private final Map<MethodKey, Integer> namedLoops = new LinkedHashMap<>();
    private final Set<MethodKey> steps = new LinkedHashSet<>();
    private final Set<MethodKey> evaluations = new LinkedHashSet<>();
    private final Map<MethodKey, String> measures = new HashMap<>();
    private final Map<String, String> births = new HashMap<>();
    private final Set<MethodKey> excluded = new HashSet<>();
    private final List<String> unmatched = new ArrayList<>();
    private final Set<MethodKey> stepping;
    private final Set<MethodKey> evaluating;

    /** @param weavable whether points may be woven into a class, by internal name */
    Reach(ProgramGraph graph, WeaveTargets targets, Predicate<String> weavable) {
        this.graph = graph;
        this.weavable = weavable;
        targets.excludes().forEach(p -> excluded.addAll(match(p)));
        targets.steps().forEach(p -> steps.addAll(match(p)));
        targets.loops()
                .forEach(p -> match(p).forEach(k -> namedLoops.put(k, p.depth().orElse(1))));
        for (Framework f : targets.frameworks()) {
            f.steps().forEach(s -> steps.addAll(methods(s)));
            f.evaluations().forEach(s -> evaluations.addAll(methods(s)));
            f.measures().forEach(m -> methods(m).forEach(k -> measures.put(k, f.name())));
            f.births().forEach(b -> births.put(b.replace('.', '/'), f.name()));
        }
        Set<MethodKey> seeds = new LinkedHashSet<>(steps);
        seeds.addAll(namedLoops.keySet());
        stepping = graph.reaching(seeds);
        evaluating = graph.reaching(evaluations);
    }

    private Set<MethodKey> match(MethodPattern pattern) {
        Set<MethodKey> found = graph.methods(pattern.className().replace('.', '/'), pattern.method());
        if (found.isEmpty()) {
            unmatched.add(pattern.className() + "#" + pattern.method());
        }
        return found;
    }

    private Set<MethodKey> methods(String marker) {
        int hash = marker.indexOf('#');
        return graph.methods(marker.substring(0, hash).replace('.', '/'), marker.substring(hash + 1));
    }

    /** Returns the methods whose code MUST be looked at to find their loops. */
    private Set<MethodKey> candidates() {
        Set<MethodKey> all = new LinkedHashSet<>(stepping);
        all.addAll(evaluating);
        all.removeIf(k -> !weavable.test(k.owner()) || excluded.contains(k));
        return all;
    }

    /**
     * Completes the analysis.
     *
     * @param hasLoop whether a candidate has a recognised loop, asked with what is known of calls so far
     */
    MarkedLoops findPoints(BiPredicate<MethodKey, Calls> hasLoop) {
        Set<MethodKey> candidates = candidates();
        Calls known = calls(Set.of());
        Set<MethodKey> holders = new LinkedHashSet<>();
        candidates.stream().filter(k -> hasLoop.test(k, known)).forEach(holders::add);
        Set<MethodKey> pointed = graph.reaching(holders);
        pointed.retainAll(candidates);
        return new MarkedLoops(
                namedLoops,
                steps,
                evaluations,
                measures,
                births,
                pointed,
                new LambdaBodies(graph.code(), pointed).all(),
                calls(pointed));
    }

    private Calls calls(Set<MethodKey> pointed) {
        return new ReachCalls(
                new CallTargets(graph, stepping), new CallTargets(graph, evaluating), new CallTargets(graph, pointed));
    }

    /** Returns how deep the loops of a method are recognised whatever they call; 0 for none. */
    int namedDepth(MethodKey key) {
        return namedLoops.getOrDefault(key, 0);
    }

    /** Returns the classes whose instances frameworks want to see, with the framework. */
    Map<String, String> births() {
        return births;
    }

    /** Returns the user's patterns that match no method. */
    List<String> unmatched() {
        return unmatched;
    }

    /** Returns whether a step marker is called, directly or not, by one of these methods. */
    boolean stepsCalledBy(Set<MethodKey> methods) {
        return !steps.isEmpty() && stepping.stream().anyMatch(methods::contains);
    }

    boolean isExcluded(MethodKey method) {
        return excluded.contains(method);
    }
}
