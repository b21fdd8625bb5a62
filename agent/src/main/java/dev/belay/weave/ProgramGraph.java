package dev.belay.weave;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.objectweb.asm.Opcodes;

/**
 * Class hierarchy and call sites of the classes that were added or asked for (class-hierarchy analysis; errs on the side of
 * more). The code of a class is read only once a method is asked for that it may call.
 */
final class ProgramGraph {

    /**
     * @param owner class that the call names
     * @param functional how the lambda is called that the caller makes of it; null if it calls it
     */
    private record CallSite(MethodKey caller, String owner, MethodFacts.Functional functional) {}

    private final ClassCode code;
    private final Function<String, Optional<ClassSketch>> unlisted;
    private final Map<String, ClassSketch> sketches = new HashMap<>();
    private final Set<String> absent = new HashSet<>();
    private final Map<String, Set<String>> above = new HashMap<>();
    private final Map<String, List<String>> directSubtypes = new HashMap<>();
    private final Map<String, List<CallSite>> callSites = new HashMap<>();

    /**
     * @param code of the classes that are added
     * @param unlisted finds a class that nobody added but that the program's loader sees, by internal name
     */
    ProgramGraph(ClassCode code, Function<String, Optional<ClassSketch>> unlisted) {
        this.code = code;
        this.unlisted = unlisted;
    }

    ClassCode code() {
        return code;
    }

    /** Adds a class. */
    void add(ClassSketch sketch) {
        sketches.put(sketch.name(), sketch);
        sketch.supertypes()
                .forEach(s -> directSubtypes
                        .computeIfAbsent(s, k -> new ArrayList<>(2))
                        .add(sketch.name()));
    }

    /** Adds all classes of these names that it does not know yet. */
    void addAll(Iterable<String> names) {
        names.forEach(this::sketch);
    }

    /** Returns whether there is a class of this name. */
    boolean knows(String name) {
        return sketch(name) != null;
    }

    private ClassSketch sketch(String name) {
        ClassSketch known = sketches.get(name);
        if (known == null && absent.add(name)) {
            unlisted.apply(name).ifPresent(this::add);
            return sketches.get(name);
        }
        return known;
    }

    private List<CallSite> callSites(String nameAndDescriptor) {
        return callSites.computeIfAbsent(nameAndDescriptor, wanted -> {
            List<CallSite> sites = new ArrayList<>();
            for (ClassSketch sketch : sketches.values()) {
                if (sketch.mayCall(wanted)) {
                    for (MethodFacts m : code.methods(sketch.name())) {
                        m.calls().stream()
                                .filter(t -> t.nameAndDescriptor().equals(wanted))
                                .forEach(t -> sites.add(new CallSite(
                                        new MethodKey(sketch.name(), m.nameAndDescriptor()),
                                        t.owner(),
                                        t.functional())));
                    }
                }
            }
            return sites;
        });
    }

    /** Returns a class and all classes below it. */
    Set<String> subtypes(String name) {
        return closure(name, n -> directSubtypes.getOrDefault(n, List.of()));
    }

    /** Returns a class and all classes above it that were scanned or are named by one that was. */
    Set<String> supertypes(String name) {
        return above.computeIfAbsent(
                name,
                start -> closure(start, n -> {
                    ClassSketch sketch = sketch(n);
                    return sketch == null ? List.of() : sketch.supertypes();
                }));
    }

    private static Set<String> closure(String start, Function<String, List<String>> next) {
        Set<String> all = new LinkedHashSet<>();
        Deque<String> work = new ArrayDeque<>(List.of(start));
        while (!work.isEmpty()) {
            String name = work.poll();
            if (all.add(name)) {
                work.addAll(next.apply(name));
            }
        }
        return all;
    }

    /** Returns the classes that a call of this method may name: those below, and those that share a subclass with it. */
    Set<String> possibleOwners(MethodKey target) {
        Set<String> owners = new HashSet<>(subtypes(target.owner()));
        if (isVirtual(target)) {
            for (String subtype : List.copyOf(owners)) {
                owners.addAll(supertypes(subtype));
            }
        }
        return owners;
    }

    private boolean isVirtual(MethodKey key) {
        MethodFacts facts = code.method(key.owner(), key.nameAndDescriptor());
        return facts != null
                && !key.nameAndDescriptor().startsWith("<")
                && (facts.access() & (Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE)) == 0;
    }

    /**
     * Returns the methods from which one of {@code seeds} can be reached, the seeds included; making a lambda counts as
     * calling its body. What calls a function of the JDK may call any lambda there is: it is followed only in the class that
     * makes the lambda, as all programs would be reached otherwise.
     */
    Set<MethodKey> reaching(Set<MethodKey> seeds) {
        Set<MethodKey> reached = new LinkedHashSet<>(seeds);
        Deque<MethodKey> work = new ArrayDeque<>(seeds);
        while (!work.isEmpty()) {
            MethodKey target = work.poll();
            List<CallSite> sites = callSites(target.nameAndDescriptor());
            if (sites.isEmpty()) {
                continue;
            }
            Set<String> owners = possibleOwners(target);
            for (CallSite site : sites) {
                if (owners.contains(site.owner()) && reached.add(site.caller())) {
                    work.add(site.caller());
                }
            }
            for (CallSite lambda : lambdas(target)) {
                callersOf(lambda).stream().filter(reached::add).forEach(work::add);
            }
        }
        return reached;
    }

    private List<MethodKey> callersOf(CallSite lambda) {
        MethodFacts.Functional called = lambda.functional();
        boolean own = called.type().startsWith("java/");
        return callSites(called.nameAndDescriptor()).stream()
                .filter(s -> supertypes(called.type()).contains(s.owner()))
                .map(CallSite::caller)
                .filter(c -> !own || c.owner().equals(lambda.caller().owner()))
                .toList();
    }

    /** Returns how the lambdas are called whose body a method is. */
    Set<MethodFacts.Functional> functionals(MethodKey body) {
        return lambdas(body).stream().map(CallSite::functional).collect(Collectors.toSet());
    }

    private List<CallSite> lambdas(MethodKey body) {
        List<CallSite> lambdas = callSites(body.nameAndDescriptor()).stream()
                .filter(s -> s.functional() != null)
                .toList();
        if (lambdas.isEmpty()) {
            return lambdas;
        }
        Set<String> owners = possibleOwners(body);
        return lambdas.stream().filter(s -> owners.contains(s.owner())).toList();
    }

    /** Returns the methods of a name that a class declares or inherits, and all that override them. */
    Set<MethodKey> methods(String owner, String name) {
        Set<MethodKey> found = new LinkedHashSet<>();
        for (String declaring : supertypes(owner)) {
            found.addAll(declared(declaring, name));
            if (!found.isEmpty()) {
                break;
            }
        }
        Set<MethodKey> all = new LinkedHashSet<>(found);
        for (MethodKey key : found) {
            for (String subtype : subtypes(key.owner())) {
                declared(subtype, name).stream()
                        .filter(k -> k.nameAndDescriptor().equals(key.nameAndDescriptor()))
                        .forEach(all::add);
            }
        }
        return all;
    }

    private List<MethodKey> declared(String owner, String name) {
        return code.methods(owner).stream()
                .filter(m -> m.name().equals(name))
                .map(m -> new MethodKey(owner, m.nameAndDescriptor()))
                .toList();
    }
}
