package dev.belay.weave;

import dev.belay.loop.CodeNotes;
import dev.belay.loop.Framework;
import dev.belay.loop.LoopAtlas;
import dev.belay.loop.LoopTracker;
import dev.belay.loop.MethodShape;
import dev.belay.loop.Points;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.objectweb.asm.tree.MethodNode;

/**
 * Weaves points into the training loops of the program as its classes load. What to weave is decided once, from a scan
 * of the class path: classes that hold no training loop are not touched.
 */
public final class Weaver implements ClassFileTransformer, LoopAtlas {

    private static final List<String> LOGGING = List.of("org/slf4j/", "ch/qos/logback/", "org/apache/logging/");

    private final Selection selection;
    private final Set<String> touched;
    private final Set<String> timed;
    private final Set<String> application;
    private final boolean marked;
    private final boolean stepsFound;
    private final boolean files;
    private final ClassWeaver classes;
    private final LoopFinder loops = new LoopFinder();
    private final LoopLines lines = new LoopLines();
    private final Set<String> skipped = new ConcurrentSkipListSet<>();
    private final List<String> unmatched;

    private Weaver(
            Selection selection,
            Set<String> timed,
            Set<String> application,
            boolean marked,
            boolean stepsFound,
            boolean files,
            List<String> unmatched,
            LoopTracker tracker) {
        this.selection = selection;
        this.touched = selection.touched();
        this.timed = timed;
        this.application = application;
        this.marked = marked;
        this.stepsFound = stepsFound;
        this.files = files;
        this.unmatched = unmatched;
        this.classes =
                new ClassWeaver(selection, tracker::register, (key, why) -> skipped.add(key.text() + ": " + why));
    }

    /**
     * Scans a class path.
     *
     * @param tracker where woven methods are registered
     */
    public static Weaver scan(String classPath, WeaveTargets targets, LoopTracker tracker) {
        try (ClassPath path = ClassPath.of(classPath)) {
            return scan(path, targets, tracker);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the class path's archives", e);
        }
    }

    private static Weaver scan(ClassPath path, WeaveTargets targets, LoopTracker tracker) {
        Predicate<String> framework = anyPrefix(targets.frameworks().stream().flatMap(f -> f.packages().stream()));
        Predicate<String> openFramework =
                anyPrefix(targets.frameworks().stream().flatMap(f -> f.loops().stream()));
        Predicate<String> support = anyPrefix(Stream.concat(
                targets.frameworks().stream().flatMap((Framework f) -> f.support().stream()), LOGGING.stream()));
        Predicate<String> program = n -> !framework.test(n) && !support.test(n);
        ProgramGraph graph = new ProgramGraph(new ClassCode(path::find));
        Set<String> timed = new HashSet<>();
        path.forEach(
                support.negate(),
                bytes -> sketch(bytes).ifPresent(s -> {
                    graph.add(s);
                    if (ClockWeaver.mayRead(s)) {
                        timed.add(s.name());
                    }
                }));
        Reach reach = new Reach(graph, targets, program.or(openFramework));
        List<String> unmatched = new ArrayList<>(reach.unmatched());
        Set<String> application = new HashSet<>();
        graph.names().stream().filter(program).forEach(application::add);
        CallReach called = reach.isNamed()
                ? null
                : new CallReach(graph, program, targets.mainClass().replace('.', '/'));
        if (called == null || reach.stepsCalledBy(called.reached())) {
            Selection marked = findPoints(graph.code(), reach, unmatched);
            return new Weaver(marked, timed, application, true, true, targets.files(), unmatched, tracker);
        }
        WorthwhileLoops loops = new WorthwhileLoops(reach, graph, called);
        boolean found = !loops.pointed().isEmpty();
        return new Weaver(loops, timed, application, false, found, targets.files(), unmatched, tracker);
    }

    /** A damaged class file, or one of a later Java, stops nobody who does not load it. */
    private static Optional<ClassSketch> sketch(byte[] classFile) {
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

    @Override
    public byte[] transform(
            ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] classFile) {
        if (name == null || redefined != null) {
            return null;
        }
        boolean opensFiles = files && application.contains(name) && FileWeaver.concerns(classFile);
        boolean concerned = touched.contains(name) || timed.contains(name) || opensFiles;
        return concerned ? weave(loader, name, classFile, opensFiles) : null;
    }

    private byte[] weave(ClassLoader loader, String name, byte[] classFile, boolean opensFiles) {
        try {
            if (Class.forName(Points.class.getName(), false, loader) != Points.class) {
                skipped.add(name + ": its class loader sees another copy of Belay's classes");
                return null;
            }
            boolean tree = touched.contains(name) || opensFiles;
            byte[] woven = tree ? weaveTree(loader, name, classFile, opensFiles) : null;
            return timed.contains(name) ? ClockWeaver.weave(woven == null ? classFile : woven) : woven;
        } catch (ClassNotFoundException e) {
            skipped.add(name + ": its class loader does not see Belay's classes");
            return null;
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            // the program's class stays as it is; the stack audit refuses to save inside of it
            skipped.add(name + ": " + e);
            return null;
        }
    }

    private byte[] weaveTree(ClassLoader loader, String name, byte[] classFile, boolean opensFiles) {
        byte[] resource = LoopFinder.classFile(loader, name);
        byte[] woven = classes.weave(
                classFile, resource == null ? classFile : resource, opensFiles, n -> LoopFinder.classFile(loader, n));
        if (opensFiles && woven != null) {
            loops.woven(name, woven);
        }
        return woven;
    }

    @Override
    public Optional<String> loopAt(Class<?> owner, String method, String descriptor, int bytecodeIndex) {
        return loops.find(owner, method, descriptor, bytecodeIndex);
    }

    @Override
    public Optional<String> loopAtLine(Class<?> owner, String method, int line) {
        return lines.find(owner, method, line);
    }

    @Override
    public CodeNotes notes(String method) {
        return new MethodNotes(selection).of(MethodKey.of(method));
    }

    /** Returns the user's patterns that name no method, or no method with a loop. */
    public List<String> unmatched() {
        return unmatched;
    }

    /** Returns whether the program calls a step marker, a loop of it was named, or it has loops that may be worth saving in. */
    public boolean findsSteps() {
        return stepsFound;
    }

    /** Returns whether the program's steps are marked; if not, its step loops are to be found while it runs. */
    public boolean marksSteps() {
        return marked;
    }

    /** Returns internal names of the program's own classes: those of no framework and of no library that belongs to one. */
    public Set<String> applicationClasses() {
        return application;
    }

    /** Returns the methods that get points when their class loads, for people. */
    public List<String> describe() {
        Set<String> lines = new LinkedHashSet<>();
        selection.pointed().forEach(k -> lines.add(k.owner().replace('/', '.') + "#" + k.name()));
        return List.copyOf(lines);
    }

    /** Returns what could not be woven so far, and why. */
    public List<String> skipped() {
        return List.copyOf(skipped);
    }

    /** Describes a woven method's points, for people. */
    static List<String> describe(MethodShape method) {
        return method.points().stream().map(MethodWeaver::describe).toList();
    }
}
