package dev.belay.weave;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.tree.MethodNode;

/**
 * What is woven into a program whose steps are marked: by its framework, or by the user.
 *
 * @param namedLoops how deep the loops of a method are recognised whatever they call
 * @param measures method to framework whose adapter wants to see what it returns
 * @param births class to framework whose adapter wants to see its instances
 */
record MarkedLoops(
        Map<MethodKey, Integer> namedLoops,
        Set<MethodKey> steps,
        Set<MethodKey> evaluations,
        Map<MethodKey, String> measures,
        Map<String, String> births,
        Set<MethodKey> pointed,
        Set<MethodKey> bodies,
        Calls calls)
        implements Selection {

    @Override
    public MethodLoops loops(MethodKey key, MethodNode method) {
        return new MethodLoops(method, calls, namedLoops.getOrDefault(key, 0));
    }

    @Override
    public boolean isBody(MethodKey method) {
        return bodies.contains(method);
    }

    @Override
    public boolean isStep(MethodKey method) {
        return steps.contains(method);
    }

    @Override
    public boolean isEvaluation(MethodKey method) {
        return evaluations.contains(method);
    }

    @Override
    public String measures(MethodKey method) {
        return measures.get(method);
    }

    @Override
    public String birth(String owner) {
        return births.get(owner);
    }

    @Override
    public Set<String> touched() {
        Set<String> owners = new HashSet<>(births.keySet());
        pointed.forEach(k -> owners.add(k.owner()));
        bodies.forEach(k -> owners.add(k.owner()));
        steps.forEach(k -> owners.add(k.owner()));
        evaluations.forEach(k -> owners.add(k.owner()));
        measures.keySet().forEach(k -> owners.add(k.owner()));
        return owners;
    }
}
