package dev.belay.weave;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** A set of methods, asked by what a call names. */
final class CallTargets {

    private final Map<String, Set<String>> owners = new HashMap<>();

    CallTargets(ProgramGraph graph, Set<MethodKey> methods) {
        for (MethodKey m : methods) {
            owners.computeIfAbsent(m.nameAndDescriptor(), k -> new HashSet<>()).addAll(graph.possibleOwners(m));
            for (MethodFacts.Functional f : graph.functionals(m)) {
                owners.computeIfAbsent(f.nameAndDescriptor(), k -> new HashSet<>())
                        .addAll(graph.supertypes(f.type()));
            }
        }
    }

    /** Returns whether a call may end in one of the methods. */
    boolean contains(String owner, String name, String descriptor) {
        Set<String> known = owners.get(name + descriptor);
        return known != null && known.contains(owner);
    }
}
