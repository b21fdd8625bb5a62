package dev.belay.weave;

import java.util.HashMap;
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

    /** Methods that hold no training, but are called everywhere. */
    private static final Set<String> SMALL =
            Set.of("toString", "hashCode", "equals", "compareTo", "compare", "finalize", "<clinit>");

    private static final List<String> JDK = List.of("java/", "javax/", "jdk/", "sun/", "com/sun/");

    /** Calls of the JDK that a stochastic or pluggable algorithm is made of. */
    private static final List<String> WORKING_JDK =
            List.of("java/util/function/", "java/util/Random", "java/util/SplittableRandom", "java/util/random/");

    /** Loops nested deeper than this, counted from main over all calls, are left alone: they are inside of steps. */
    private static final int DEEPEST = 4;

    private final Reach marked;
    private final ProgramGraph graph;
    private final Map<String, Boolean> isThrown = new HashMap<>();
    private final ClassCode code;
    private final NestingLevels levels;
    private final Set<MethodKey> pointed;
    private final CallTargets leading;
    private final Calls calls = new WorthwhileCalls();

    /**
     * @param marked knows the framework objects that adapters want to see
     * @param reach what the program's main reaches
     */
    WorthwhileLoops(Reach marked, ProgramGraph graph, ClassCode code, CallReach reach) {
        this.marked = marked;
        this.graph = graph;
        this.code = code;
        this.levels = new NestingLevels(reach, this::allLoops);
        Set<MethodKey> holders = new HashSet<>();
        reach.reached().stream().filter(k -> isCandidate(k) && holdsLoop(k)).forEach(holders::add);
        pointed = reach.callersOf(holders, this::isCandidate);
        leading = new CallTargets(graph, pointed);
    }

    private boolean isCandidate(MethodKey key) {
        return !SMALL.contains(key.name())
                && !isThrown.computeIfAbsent(key.owner(), this::isThrown)
                && !marked.isExcluded(key)
                && levels.of(key).orElse(DEEPEST) < DEEPEST;
    }

    /** What makes an exception's message is no training, but small methods everywhere may throw one. */
    private boolean isThrown(String type) {
        return graph.supertypes(type).stream()
                .anyMatch(t -> t.equals("java/lang/Throwable") || t.startsWith("java/") && t.endsWith("Exception"));
    }

    /** Returns the loops of a method whatever their level, or null if it has none that can be woven. */
    private MethodLoops allLoops(MethodKey key) {
        MethodFacts facts = code.method(key.owner(), key.nameAndDescriptor());
        if (facts == null || !facts.jumpsBack()) {
            return null;
        }
        try {
            return MethodLoops.worthwhile(code.node(key), calls, Integer.MAX_VALUE);
        } catch (NotWeavable e) {
            return null;
        }
    }

    private boolean holdsLoop(MethodKey key) {
        MethodFacts facts = code.method(key.owner(), key.nameAndDescriptor());
        if (facts == null || !facts.jumpsBack()) {
            return false;
        }
        try {
            return !loops(key, code.node(key)).recognised().isEmpty();
        } catch (NotWeavable e) {
            return true; // it is looked at again, and listed with the reason, when its class loads
        }
    }

    @Override
    public MethodLoops loops(MethodKey key, MethodNode method) {
        return MethodLoops.worthwhile(method, calls, DEEPEST - levels.of(key).orElse(DEEPEST));
    }

    @Override
    public boolean holdsPoints(MethodKey method) {
        return pointed.contains(method);
    }

    @Override
    public int namedDepth(MethodKey method) {
        return 0;
    }

    @Override
    public boolean isStep(MethodKey method) {
        return false;
    }

    @Override
    public boolean isEvaluation(MethodKey method) {
        return false;
    }

    @Override
    public String birth(String owner) {
        return marked.birth(owner);
    }

    @Override
    public Calls calls() {
        return calls;
    }

    @Override
    public Set<MethodKey> pointed() {
        return pointed;
    }

    @Override
    public Set<String> touched() {
        Set<String> owners = new HashSet<>(marked.touched());
        pointed.forEach(k -> owners.add(k.owner()));
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
                            || (m.owner.charAt(0) != '[' && JDK.stream().noneMatch(m.owner::startsWith)));
        }
    }
}
