package dev.belay.weave;

import dev.belay.loop.CodeNotes;
import dev.belay.loop.LoopAtlas;
import dev.belay.loop.LoopTracker;
import dev.belay.loop.MethodShape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.ref.WeakReference;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Weaves points into the training loops of the program as its classes load. What to weave is decided from where the program
 * starts: in a scan of the class path, and again when a launcher makes a class loader of its own and starts what is in it.
 * Classes that hold no training loop are not touched.
 */
public final class Weaver implements ClassFileTransformer, LoopAtlas {

    /** An analysis for the classes of one loader, and of those above it. */
    private record Program(WeakReference<ClassLoader> loader, Analysis analysis, ClassWeaver classes) {}

    private final WeaveTargets targets;
    private final Predicate<String> program;
    private final LoopTracker tracker;
    private final LaterStarts starts;
    private final Consumer<Weaver> onLater;
    private final List<Program> programs = new CopyOnWriteArrayList<>();
    private final Map<String, WeakReference<ClassLoader>> woven = new ConcurrentHashMap<>();
    private final Bridges bridges = new Bridges();
    private final LoopFinder loops = new LoopFinder();
    private final LoopLines lines = new LoopLines();
    private final Set<String> skipped = new ConcurrentSkipListSet<>();

    /**
     * Makes a weaver that has looked at nothing yet.
     *
     * @param tracker where woven methods are registered
     * @param starts tells which classes a launcher starts
     * @param onLater told after each look at what a launcher starts, before any of it runs
     */
    public Weaver(WeaveTargets targets, LoopTracker tracker, LaterStarts starts, Consumer<Weaver> onLater) {
        this.targets = targets;
        this.program = Analysis.program(targets);
        this.tracker = tracker;
        this.starts = starts;
        this.onLater = onLater;
    }

    /** Looks at the class path and the module path. */
    public void scan() {
        ClassLoader loader = ClassLoader.getSystemClassLoader();
        look(loader, LoaderPaths.application(), targets.mainClass().replace('.', '/'));
    }

    private void look(ClassLoader loader, ClassPath opened, String start) {
        try (ClassPath path = opened) {
            Analysis.Mode mode = programs.stream().noneMatch(p -> p.analysis.found())
                    ? Analysis.Mode.ANY
                    : marksSteps() ? Analysis.Mode.MARKED : Analysis.Mode.FOUND;
            Analysis analysis = Analysis.of(path, start, targets, mode);
            ClassWeaver classes = new ClassWeaver(
                    analysis.selection(),
                    targets.metric(),
                    tracker::register,
                    (key, why) -> skipped.add(key.text() + ": " + why));
            programs.add(new Program(new WeakReference<>(loader), analysis, classes));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the class path's archives", e);
        }
    }

    @Override
    public byte[] transform(
            ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] classFile) {
        if (name == null || redefined != null || loader == null) {
            return null;
        }
        try {
            if (starts.startsWith(loader, name, classFile)) {
                look(loader, LoaderPaths.of(loader), name);
                onLater.accept(this);
            }
            return weave(loader, name, classFile);
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            // the program's class stays as it is; the stack audit refuses to save inside of it
            skipped.add(name + ": " + e);
            return null;
        }
    }

    private byte[] weave(ClassLoader loader, String name, byte[] classFile) {
        if (FaceWeaver.isFace(name)) {
            return weaveFace(loader, name, classFile);
        }
        for (Program p : programs) {
            boolean touched = p.analysis.touches(name);
            boolean timed = readsTime(p, loader, name, classFile);
            boolean files = targets.files() && isProgram(p, loader, name) && FileWeaver.concerns(classFile);
            if ((touched || timed || files) && sees(p.loader.get(), loader)) {
                Bridges.Way way = bridges.from(loader);
                if (way == Bridges.Way.NONE) {
                    skipped.add(name + ": its class loader sees another copy of Belay's classes");
                    return null;
                } else if (touched && isTwin(loader, name)) {
                    skipped.add(name + ": another class loader has a class of this name, which is woven");
                    return null;
                }
                byte[] tree = touched || files ? weaveTree(p.classes, loader, name, classFile, files) : null;
                byte[] all = timed ? ClockWeaver.weave(tree == null ? classFile : tree) : tree;
                return all == null || way == Bridges.Way.DIRECT ? all : BridgeCode.adapt(all);
            }
        }
        return null;
    }

    private byte[] weaveFace(ClassLoader loader, String name, byte[] classFile) {
        Bridges.Way way = bridges.from(loader);
        if (way == Bridges.Way.NONE) {
            skipped.add(name + ": its class loader sees another copy of Belay's classes");
            return null;
        }
        byte[] woven = FaceWeaver.weave(classFile);
        return way == Bridges.Way.DIRECT ? woven : BridgeCode.adapt(woven);
    }

    private byte[] weaveTree(
            ClassWeaver classes, ClassLoader loader, String name, byte[] classFile, boolean opensFiles) {
        byte[] resource = LoopFinder.classFile(loader, name);
        byte[] woven = classes.weave(
                classFile, resource == null ? classFile : resource, opensFiles, n -> LoopFinder.classFile(loader, n));
        if (opensFiles && woven != null) {
            loops.woven(name, woven);
        }
        return woven;
    }

    private boolean readsTime(Program p, ClassLoader loader, String name, byte[] classFile) {
        boolean known = p.analysis.names().contains(name) && sees(p.loader.get(), loader);
        return (known || isProgram(p, loader, name))
                && Analysis.sketch(classFile).filter(ClockWeaver::mayRead).isPresent();
    }

    private static boolean sees(ClassLoader program, ClassLoader loader) {
        for (ClassLoader l = program; l != null; l = l.getParent()) {
            if (l == loader) {
                return true;
            }
        }
        return false;
    }

    /** Saved positions name classes: of two that have one name, only one can be followed. */
    private boolean isTwin(ClassLoader loader, String name) {
        WeakReference<ClassLoader> first = woven.putIfAbsent(name, new WeakReference<>(loader));
        return first != null && first.get() != loader;
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
        MethodKey key = MethodKey.of(method);
        return programs.stream()
                .filter(p -> p.analysis.selection().holdsPoints(key))
                .findFirst()
                .map(p -> new MethodNotes(p.analysis.selection()).of(key))
                .orElse(CodeNotes.NONE);
    }

    /** Returns the user's patterns that name no method, or no method with a loop, wherever it was looked. */
    public List<String> unmatched() {
        List<String> everywhere = new ArrayList<>();
        for (Program p : programs) {
            if (p == programs.get(0)) {
                everywhere.addAll(p.analysis.unmatched());
            } else {
                everywhere.retainAll(p.analysis.unmatched());
            }
        }
        return everywhere;
    }

    /** Returns whether the program calls a step marker, a loop of it was named, or it has loops that may be worth saving in. */
    public boolean findsSteps() {
        return programs.stream().anyMatch(p -> p.analysis.found());
    }

    /** Returns whether the program's steps are marked; if not, its step loops are to be found while it runs. */
    public boolean marksSteps() {
        return programs.stream().filter(p -> p.analysis.found()).anyMatch(p -> p.analysis.marked());
    }

    /** Returns whether more of the program may come from class loaders that it makes. */
    public boolean makesLoaders() {
        return programs.stream().anyMatch(p -> p.analysis.makesLoaders());
    }

    /** Returns whether a class is the program's own: one of no framework and of no library that belongs to one. */
    public boolean isApplication(Class<?> type) {
        String name = type.getName().replace('.', '/');
        return programs.stream().anyMatch(p -> isProgram(p, type.getClassLoader(), name));
    }

    private boolean isProgram(Program p, ClassLoader loader, String name) {
        if (loader == null || !program.test(name)) {
            return false;
        }
        ClassLoader from = p.loader.get();
        return p.analysis.names().contains(name) && sees(from, loader)
                || from == loader && loader != ClassLoader.getSystemClassLoader();
    }

    /** Returns whether one of the program's own classes may have this binary name. */
    public boolean isApplication(String name) {
        String internal = name.replace('.', '/');
        return program.test(internal)
                && programs.stream().anyMatch(p -> p.analysis.names().contains(internal));
    }

    /** Returns the loaders of what a launcher has started, in that order. */
    public List<ClassLoader> loaders() {
        return programs.stream()
                .map(p -> p.loader.get())
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    /** Returns the methods that get points when their class loads, for people. */
    public List<String> describe() {
        Set<String> lines = new LinkedHashSet<>();
        for (Program p : programs) {
            p.analysis.selection().pointed().forEach(k -> lines.add(k.owner().replace('/', '.') + "#" + k.name()));
        }
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
