package dev.belay.weave;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * What is woven into a program whose steps are not marked: all loops that its main reaches and that may be worth saving in.
 * Which of them are is found at run time.
 */
final class WorthwhileLoops implements Selection {

    /** Calls of the JDK that a stochastic or pluggable algorithm is made of. */
    private static final List<String> WORKING_JDK =
            List.of("java/util/function/", "java/util/Random", "java/util/SplittableRandom", "java/util/random/");

    /** Loops nested deeper than this, counted from main over all calls, are left alone: they are inside of steps. */
    private static final int DEEPEST = 4;

    private final Map<String, String> births;
    private final Set<MethodKey> pointed;
    private final Set<MethodKey> bodies;
    private final Map<MethodKey, Integer> levels;
    private final CallTargets leading;
    private final Calls calls = new WorthwhileCalls();

    /**
     * @param marked knows what the user excludes, and the framework objects that adapters want to see
     * @param reach what the program's main reaches
     */
    WorthwhileLoops(Reach marked, ProgramGraph graph, CallReach reach) {
        LoopHolders holders = new LoopHolders(marked, graph, reach, calls, DEEPEST);
        births = marked.births();
        pointed = holders.pointed();
        levels = holders.levels();
        bodies = new LambdaBodies(graph.code(), pointed).all();
        leading = new CallTargets(graph, pointed);
    }

    @Override
    public MethodLoops loops(MethodKey key, MethodNode method) {
        return MethodLoops.worthwhile(method, calls, DEEPEST - levels.getOrDefault(key, DEEPEST));
    }

    @Override
    public String whyLeftAlone(NaturalLoop loop, MethodLoops loops) {
        return MethodLoops.works(loop, NaturalLoop.of(loops.flow()), loops.flow(), calls)
                ? "more than " + DEEPEST + " loops deep, counted from main"
                : "it only computes";
    }

    @Override
    public String birth(String owner) {
        return births.get(owner);
    }

    @Override
    public Calls calls() {
        return calls;
    }

    @Override
    public boolean isBody(MethodKey method) {
        return bodies.contains(method);
    }

    @Override
    public Set<MethodKey> pointed() {
        return pointed;
    }

    @Override
    public Set<String> touched() {
        Set<String> owners = new HashSet<>(births.keySet());
        pointed.forEach(k -> owners.add(k.owner()));
        bodies.forEach(k -> owners.add(k.owner()));
        return owners;
    }

    private final class WorthwhileCalls implements Calls {

        @Override
        public boolean steps(AbstractInsnNode call) {
            return false;
        }

        @Override
        public boolean evaluates(AbstractInsnNode call) {
            return false;
        }

        @Override
        public boolean leads(AbstractInsnNode call) {
            return call instanceof MethodInsnNode m && leading.contains(m.owner, m.name, m.desc);
        }

        @Override
        public boolean works(AbstractInsnNode call) {
            return call instanceof MethodInsnNode m
                    && (WORKING_JDK.stream().anyMatch(m.owner::startsWith)
                            || (m.owner.charAt(0) != '[' && !Jdk.owns(m.owner)));
        }
    }
}
