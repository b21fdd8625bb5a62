package dev.belay.weave;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Finds the methods that main reaches and that hold loops which may be worth saving in, or calls of such methods. */
final class LoopHolders {

    /** Methods that hold no training, but are called everywhere. */
    private static final Set<String> SMALL =
            Set.of("toString", "hashCode", "equals", "compareTo", "compare", "finalize", "<clinit>");

    private final Reach marked;
    private final ProgramGraph graph;
    private final Calls calls;
    private final int deepest;
    private final Map<MethodKey, Boolean> holds = new HashMap<>();
    private final Map<String, Boolean> isThrown = new HashMap<>();
    private final NestingLevels levels;
    private final Set<MethodKey> pointed;

    /**
     * @param marked knows what the user excludes
     * @param calls tells which loops may be worth it
     * @param deepest loops nested deeper, counted from main over all calls, are left alone
     */
    LoopHolders(Reach marked, ProgramGraph graph, CallReach reach, Calls calls, int deepest) {
        this.marked = marked;
        this.graph = graph;
        this.calls = calls;
        this.deepest = deepest;
        this.levels = new NestingLevels(reach, this::loops);
        Set<MethodKey> holders = new HashSet<>();
        reach.reached().stream().filter(k -> isCandidate(k) && holdsLoop(k)).forEach(holders::add);
        pointed = reach.callersOf(holders, this::isCandidate);
    }

    Set<MethodKey> pointed() {
        return pointed;
    }

    /** Returns in how many loops each of the methods runs at least. */
    Map<MethodKey, Integer> levels() {
        Map<MethodKey, Integer> all = new HashMap<>();
        pointed.forEach(k -> all.put(k, levels.of(k).orElseThrow()));
        return all;
    }

    private boolean isCandidate(MethodKey key) {
        return levels.of(key).orElse(deepest) < deepest
                && !SMALL.contains(key.name())
                && !marked.isExcluded(key)
                && !isThrown.computeIfAbsent(key.owner(), this::isThrown);
    }

    /** What makes an exception's message is no training, but small methods everywhere may throw one. */
    private boolean isThrown(String type) {
        return graph.supertypes(type).stream()
                .filter(t -> t.startsWith("java/"))
                .anyMatch(t -> t.endsWith("/Throwable") || t.endsWith("Exception") || t.endsWith("Error"));
    }

    /** A candidate's outermost loop is never too deep. */
    private boolean holdsLoop(MethodKey key) {
        if (!holds.containsKey(key)) {
            loops(key);
        }
        return holds.get(key);
    }

    /** Returns the loops of a method whatever their level, or null if it has none that can be woven. */
    private MethodLoops loops(MethodKey key) {
        MethodFacts facts = graph.code().method(key.owner(), key.nameAndDescriptor());
        if (facts == null || !facts.jumpsBack()) {
            holds.put(key, false);
            return null;
        }
        try {
            MethodLoops found = MethodLoops.worthwhile(graph.code().node(key), calls, Integer.MAX_VALUE);
            holds.put(key, !found.recognised().isEmpty());
            return found;
        } catch (NotWeavable e) {
            holds.put(key, true); // it is looked at again, and listed with the reason, when its class loads
            return null;
        }
    }
}
