package dev.belay.weave;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.objectweb.asm.Opcodes;

/**
 * The methods that may run when a program's main runs: a dispatched call reaches the methods of those classes of which
 * reached code makes objects (rapid type analysis; Bacon and Sweeney: Fast Static Analysis of C++ Virtual Function Calls).
 * What the JDK calls back is reached once there is an object of the class.
 */
final class CallReach {

    /** What a call names; {@link #LATER} stands for what is made here and called somewhere else. */
    record Called(String owner, String nameAndDescriptor) {}

    private record Lambda(String type, MethodKey body) {}

    private record Site(MethodKey maker, Called call, String owner) {}

    static final Called LATER = new Called("", "");

    private static final Set<String> LOADERS =
            Set.of("java/lang/ClassLoader", "java/security/SecureClassLoader", "java/net/URLClassLoader");
    private static final Set<String> LOADER_MAKERS =
            Set.of("java/net/URLClassLoader", "java/lang/ModuleLayer", "java/lang/ModuleLayer$Controller");
    private static final Pattern MAKES = Pattern.compile("^(newInstance|define)");

    private final ProgramGraph graph;
    private final ClassCode code;
    private final Predicate<String> followed;
    private final Set<String> listed;
    private final Set<MethodKey> reached = new LinkedHashSet<>();
    private final Set<MethodKey> starts = new LinkedHashSet<>();
    private final Deque<MethodKey> pending = new ArrayDeque<>();
    private final Map<MethodKey, Set<MethodKey>> callers = new HashMap<>();
    private final Map<MethodKey, Map<Called, Set<MethodKey>>> callees = new HashMap<>();
    private final Map<String, Set<Site>> sites = new HashMap<>();
    /** By the method of their interface: the bodies of the lambdas that reached code makes. */
    private final Map<String, Set<Lambda>> lambdas = new HashMap<>();

    private final Set<String> live = new HashSet<>();
    /** The live classes below each type. */
    private final Map<String, Set<String>> liveBelow = new HashMap<>();

    /**
     * @param listed names of all classes that may provide services
     * @param followed whether code is looked at, by internal name of its class
     * @param main internal name of the main class
     */
    CallReach(ProgramGraph graph, Set<String> listed, Predicate<String> followed, String main) {
        this.listed = listed;
        this.graph = graph;
        this.code = graph.code();
        this.followed = followed;
        starts.addAll(startsOf(main));
        starts.forEach(this::reach);
        starts.forEach(m -> makeLive(main, m)); // main may be an instance method
        while (!pending.isEmpty()) {
            follow(pending.poll());
        }
    }

    /** A class without a main that a launcher asks for, a plugin say, may be called at any of its methods. */
    private List<MethodKey> startsOf(String main) {
        for (String type : graph.supertypes(main)) {
            List<MethodKey> mains = code.methods(type).stream()
                    .filter(m -> m.name().equals("main"))
                    .map(m -> new MethodKey(type, m.nameAndDescriptor()))
                    .toList();
            if (!mains.isEmpty()) {
                return mains;
            }
        }
        return code.methods(main).stream()
                .filter(m -> (m.access() & Opcodes.ACC_ABSTRACT) == 0)
                .map(m -> new MethodKey(main, m.nameAndDescriptor()))
                .toList();
    }

    /** Returns whether code that is reached calls a class of these, by internal name, or makes objects of one. */
    boolean calls(Predicate<String> types) {
        return reached.stream()
                .map(m -> code.method(m.owner(), m.nameAndDescriptor()))
                .filter(Objects::nonNull)
                .anyMatch(f -> f.created().stream().anyMatch(types)
                        || f.calls().stream().anyMatch(c -> types.test(c.owner())));
    }

    /** Returns whether code that is reached makes class loaders: the program may be in what they load. */
    boolean makesLoaders() {
        return reached.stream()
                .map(m -> code.method(m.owner(), m.nameAndDescriptor()))
                .filter(Objects::nonNull)
                .anyMatch(this::makesLoaders);
    }

    private boolean makesLoaders(MethodFacts method) {
        return method.created().stream().anyMatch(this::isLoader)
                || method.calls().stream()
                        .anyMatch(c -> LOADER_MAKERS.contains(c.owner())
                                && MAKES.matcher(c.nameAndDescriptor()).find());
    }

    private boolean isLoader(String type) {
        return graph.supertypes(type).stream().anyMatch(LOADERS::contains);
    }

    Set<MethodKey> reached() {
        return reached;
    }

    /**
     * Returns the given methods and all that call them or make lambdas of them, directly or through methods for which
     * {@code passable} holds.
     */
    Set<MethodKey> callersOf(Set<MethodKey> methods, Predicate<MethodKey> passable) {
        Set<MethodKey> all = new LinkedHashSet<>(methods);
        Deque<MethodKey> work = new ArrayDeque<>(methods);
        while (!work.isEmpty()) {
            for (MethodKey caller : callers.getOrDefault(work.poll(), Set.of())) {
                if (passable.test(caller) && all.add(caller)) {
                    work.add(caller);
                }
            }
        }
        return all;
    }

    private void reach(MethodKey method) {
        if (followed.test(method.owner()) && reached.add(method)) {
            pending.add(method);
        }
    }

    private void follow(MethodKey method) {
        initialise(method.owner());
        MethodFacts facts = code.method(method.owner(), method.nameAndDescriptor());
        if (facts == null) {
            return;
        }
        facts.created().forEach(t -> makeLive(t, method));
        facts.initialised().forEach(this::initialise);
        if (facts.loadsServices()) {
            graph.addAll(listed); // who provides a service is named by nobody who was reached
            facts.created().forEach(service -> graph.subtypes(service).forEach(t -> makeLive(t, method)));
        }
        for (MethodFacts.Call call : facts.calls()) {
            Called called = call.lambda() ? LATER : new Called(call.owner(), call.nameAndDescriptor());
            MethodKey target = resolve(call.owner(), call.nameAndDescriptor());
            link(method, called, target);
            if (call.lambda() && target != null) {
                callers.computeIfAbsent(target, k -> new HashSet<>()).add(method);
                makeLambda(
                        new Lambda(call.functional().type(), target),
                        call.functional().nameAndDescriptor());
            }
            if (call.dispatched()) {
                Site site = new Site(method, called, call.owner());
                if (sites.computeIfAbsent(call.nameAndDescriptor(), k -> new HashSet<>())
                        .add(site)) {
                    List.copyOf(liveBelow.getOrDefault(call.owner(), Set.of()))
                            .forEach(t -> link(method, called, resolve(t, call.nameAndDescriptor())));
                    lambdas.getOrDefault(call.nameAndDescriptor(), Set.of()).stream()
                            .filter(l -> isCalledBy(l, site))
                            .forEach(l -> link(method, called, l.body()));
                }
            }
        }
    }

    private void makeLambda(Lambda lambda, String nameAndDescriptor) {
        if (lambdas.computeIfAbsent(nameAndDescriptor, k -> new LinkedHashSet<>())
                .add(lambda)) {
            for (Site site : List.copyOf(sites.getOrDefault(nameAndDescriptor, Set.of()))) {
                if (isCalledBy(lambda, site)) {
                    link(site.maker(), site.call(), lambda.body());
                }
            }
        }
    }

    private boolean isCalledBy(Lambda lambda, Site site) {
        return graph.supertypes(lambda.type()).contains(site.owner());
    }

    private void link(MethodKey caller, Called call, MethodKey target) {
        if (target != null) {
            reach(target);
            callees.computeIfAbsent(caller, k -> new HashMap<>())
                    .computeIfAbsent(call, k -> new HashSet<>())
                    .add(target);
            if (call != LATER) {
                callers.computeIfAbsent(target, k -> new HashSet<>()).add(caller);
            }
        }
    }

    /** Returns what the calls of a method may run. */
    Map<Called, Set<MethodKey>> calleesOf(MethodKey method) {
        return callees.getOrDefault(method, Map.of());
    }

    /** Returns the methods where the program starts. */
    Set<MethodKey> starts() {
        return starts;
    }

    private void initialise(String type) {
        if (code.method(type, "<clinit>()V") != null) {
            reach(new MethodKey(type, "<clinit>()V"));
        }
    }

    private void makeLive(String type, MethodKey maker) {
        if (!followed.test(type) || !graph.knows(type) || !live.add(type)) {
            return;
        }
        initialise(type);
        code.methods(type).stream()
                .filter(m -> m.nameAndDescriptor().startsWith("<init>"))
                .forEach(m -> link(maker, LATER, new MethodKey(type, m.nameAndDescriptor())));
        Set<String> above = graph.supertypes(type);
        above.forEach(
                t -> liveBelow.computeIfAbsent(t, k -> new LinkedHashSet<>()).add(type));
        Set<String> callbacks = code.declaredByJdk(above);
        for (String nameAndDescriptor : dispatchable(above)) {
            for (Site site : List.copyOf(sites.getOrDefault(nameAndDescriptor, Set.of()))) {
                if (above.contains(site.owner())) {
                    link(site.maker(), site.call(), resolve(type, nameAndDescriptor));
                }
            }
            if (callbacks.contains(nameAndDescriptor)) {
                link(maker, LATER, resolve(type, nameAndDescriptor));
            }
        }
    }

    private Set<String> dispatchable(Set<String> types) {
        Set<String> all = new LinkedHashSet<>();
        for (String t : types) {
            code.methods(t).stream()
                    .filter(m -> (m.access() & Opcodes.ACC_STATIC) == 0)
                    .filter(m -> !m.nameAndDescriptor().startsWith("<"))
                    .forEach(m -> all.add(m.nameAndDescriptor()));
        }
        return all;
    }

    /** Returns the method that a call on an object of a class runs; null if no followed class declares it. */
    private MethodKey resolve(String type, String nameAndDescriptor) {
        MethodKey inherited = null;
        for (String t : graph.supertypes(type)) { // the superclass comes before the interfaces
            MethodFacts m = code.method(t, nameAndDescriptor);
            if (m != null && (m.access() & Opcodes.ACC_ABSTRACT) == 0) {
                return new MethodKey(t, nameAndDescriptor);
            } else if (m != null && inherited == null) {
                inherited = new MethodKey(t, nameAndDescriptor);
            }
        }
        return inherited;
    }
}
