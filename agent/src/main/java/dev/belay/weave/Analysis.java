package dev.belay.weave;

import dev.belay.loop.Framework;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.objectweb.asm.tree.MethodNode;

/**
 * What is to be woven into the classes that one loader sees, found from where the program starts there.
 *
 * @param touched internal names of the classes that get points or hooks
 * @param names internal names of the classes that could be listed
 * @param marked whether the program's steps are marked
 * @param found whether there is anything that may be worth saving in
 * @param unmatched the user's patterns that name no method, or no method with a loop
 * @param makesLoaders whether more of the program may come from loaders that it makes
 */
record Analysis(
        Selection selection,
        Set<String> touched,
        Set<String> names,
        boolean marked,
        boolean found,
        List<String> unmatched,
        boolean makesLoaders) {

    private Analysis(
            Selection selection,
            Set<String> names,
            boolean marked,
            boolean found,
            List<String> unmatched,
            boolean makesLoaders) {
        this(selection, selection.touched(), names, marked, found, unmatched, makesLoaders);
    }

    /** Returns whether a class gets points or hooks, by internal name. */
    boolean touches(String name) {
        return touched.contains(name);
    }

    /** How the steps of a program may be found. */
    enum Mode {
        ANY,
        MARKED,
        FOUND
    }

    /**
     * Looks at a program.
     *
     * @param start internal name of the class where it starts
     * @param mode {@link Mode#ANY} as long as nothing was woven
     */
    static Analysis of(ClassPath path, String start, WeaveTargets targets, Mode mode) {
        Predicate<String> openFramework =
                anyPrefix(targets.frameworks().stream().flatMap(f -> f.loops().stream()));
        Predicate<String> support = support(targets);
        Predicate<String> program = program(targets);
        ProgramGraph graph = new ProgramGraph(
                new ClassCode(path::find),
                n -> support.test(n)
                        ? Optional.empty()
                        : Optional.ofNullable(path.find(n))
                                .flatMap(Analysis::sketch)
                                .filter(s -> s.name().equals(n)));
        Set<String> names = Set.copyOf(path.list(support.negate()));
        CallReach called = new CallReach(graph, names, program, start);
        boolean named = !(targets.loops().isEmpty() && targets.steps().isEmpty());
        if (named || !targets.excludes().isEmpty() || mode == Mode.MARKED || called.calls(framework(targets))) {
            graph.addAll(
                    names); // who calls a step, or overrides what the user named, is known only when all classes are
        }
        Reach reach = new Reach(graph, targets, program.or(openFramework));
        List<String> unmatched = new ArrayList<>(reach.unmatched());
        boolean more = called.makesLoaders();
        boolean marked = named || mode == Mode.MARKED;
        if (marked || mode == Mode.ANY && reach.stepsCalledBy(called.reached())) {
            Selection selection = findPoints(graph.code(), reach, unmatched);
            return new Analysis(selection, names, true, !named || unmatched.isEmpty(), unmatched, more);
        }
        WorthwhileLoops loops = new WorthwhileLoops(reach, graph, called);
        return new Analysis(loops, names, false, !loops.pointed().isEmpty(), unmatched, more);
    }

    /** Returns whether a class is the program's own: of no framework and of no library that belongs to one. */
    static Predicate<String> program(WeaveTargets targets) {
        Predicate<String> other = framework(targets).or(support(targets)).or(Jdk::owns);
        return name -> !other.test(name) && !name.startsWith("dev/belay/");
    }

    private static Predicate<String> framework(WeaveTargets targets) {
        return anyPrefix(targets.frameworks().stream().flatMap(f -> f.packages().stream()));
    }

    private static Predicate<String> support(WeaveTargets targets) {
        return anyPrefix(Stream.concat(
                targets.frameworks().stream().flatMap((Framework f) -> f.support().stream()),
                Stream.of(WeaveTargets.LAUNCHERS_AND_LOGGING)));
    }

    /** A damaged class file, or one of a later Java, stops nobody who does not load it. */
    static Optional<ClassSketch> sketch(byte[] classFile) {
        try {
            return Optional.of(ClassSketch.read(classFile));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static Predicate<String> anyPrefix(Stream<String> prefixes) {
        List<String> internal = prefixes.map(p -> p.replace('.', '/')).toList();
        return name -> internal.stream().anyMatch(name::startsWith);
    }

    /** @param unmatched takes the named methods in which no loop was found */
    private static Selection findPoints(ClassCode code, Reach reach, List<String> unmatched) {
        Set<String> loopless = new TreeSet<>();
        Set<String> withLoop = new HashSet<>();
        Selection marked = reach.findPoints((key, calls) -> {
            MethodNode method = code.node(key);
            boolean found = method != null && hasLoop(method, calls, reach.namedDepth(key));
            if (reach.namedDepth(key) > 0) {
                (found ? withLoop : loopless).add(key.owner().replace('/', '.') + "#" + key.name());
            }
            return found;
        });
        loopless.removeAll(withLoop); // another overload has one
        unmatched.addAll(loopless);
        return marked;
    }

    private static boolean hasLoop(MethodNode method, Calls calls, int namedDepth) {
        try {
            return method.instructions.size() > 0
                    && !new MethodLoops(method, calls, namedDepth).recognised().isEmpty();
        } catch (NotWeavable e) {
            return true; // it is looked at again, and listed with the reason, when its class loads
        }
    }
}
