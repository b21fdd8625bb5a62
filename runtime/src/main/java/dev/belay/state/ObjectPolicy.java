package dev.belay.state;

import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Decides how each object of the program is saved. One instance per capture or restore. */
public final class ObjectPolicy {

    private static final List<String> LOGGING = List.of(
            "org.slf4j.", "ch.qos.logback.", "org.apache.logging.", "org.apache.log4j.", "org.apache.commons.logging.");
    private static final Treatment PLAIN = Treatment.of(Treatment.Kind.PLAIN);
    private static final String BELAY = "dev.belay.";
    private static final String COUNTING_ITERATOR = "dev.belay.loop.CountingIterator";

    private final FrameworkTypes frameworks;
    private final ResourceLayouts layouts;
    private final List<String> support;
    private final Streams streams;
    private final Twins twins;
    private final Map<Class<?>, Boolean> mayMake = new HashMap<>();
    /** Classes whose objects are all treated as plain. */
    private final Set<Class<?>> plain = new HashSet<>();

    /**
     * @param frameworkPackages prefixes of the packages that adapters answer for
     * @param support prefixes of libraries that hold no training state
     * @param adapters the adapters loaded so far
     * @param met takes a framework's class that none of them knows, so that its adapter may be loaded
     * @param streams decides on open streams
     * @param types finds the class of a name when a checkpoint is resumed
     */
    public ObjectPolicy(
            List<String> frameworkPackages,
            List<String> support,
            Supplier<List<Adapter>> adapters,
            Consumer<Class<?>> met,
            Streams streams,
            ClassLoader types) {
        this.twins = new Twins(types);
        this.frameworks = new FrameworkTypes(frameworkPackages, adapters, met);
        this.layouts = new ResourceLayouts(frameworks);
        this.support = List.copyOf(support);
        this.streams = streams;
    }

    /** As above, where all of the program is on the class path. */
    public ObjectPolicy(
            List<String> frameworkPackages,
            List<String> support,
            Supplier<List<Adapter>> adapters,
            Consumer<Class<?>> met,
            Streams streams) {
        this(frameworkPackages, support, adapters, met, streams, ClassLoader.getSystemClassLoader());
    }

    /** As above, where all adapters are loaded. */
    ObjectPolicy(List<String> frameworkPackages, List<String> support, Supplier<List<Adapter>> adapters) {
        this(frameworkPackages, support, adapters, type -> {}, Streams.REFUSED);
    }

    static boolean isValue(Object o) {
        return o instanceof String
                || o instanceof Boolean
                || o instanceof Character
                || o instanceof Integer
                || o instanceof Long
                || o instanceof Double
                || o instanceof Float
                || o instanceof Short
                || o instanceof Byte
                || o.getClass() == BigInteger.class
                || o.getClass() == BigDecimal.class;
    }

    Treatment of(Object o) {
        Class<?> type = o.getClass();
        if (isValue(o)) {
            return Treatment.of(Treatment.Kind.VALUE);
        } else if (plain.contains(type)) {
            return PLAIN;
        }
        Treatment treatment = ofAny(o, type);
        boolean named = treatment.kind() != Treatment.Kind.RESOURCE && treatment.kind() != Treatment.Kind.REFUSED;
        if (named && twins.has(o instanceof Class<?> c ? c : type)) {
            return Treatment.refused(Twins.REASON);
        } else if (treatment.kind() == Treatment.Kind.PLAIN && isPlainForSure(o, type)) {
            plain.add(type);
        }
        return treatment;
    }

    private Treatment ofAny(Object o, Class<?> type) {
        if (Singletons.name(o) != null) {
            return Treatment.of(Treatment.Kind.SINGLETON);
        } else if (o instanceof Enum) {
            return Treatment.of(Treatment.Kind.CONSTANT);
        } else if (o instanceof Class<?> c) {
            return c.isHidden()
                    ? Treatment.refused("it is the class of a lambda, which has another name in every JVM")
                    : Treatment.of(Treatment.Kind.TYPE);
        } else if (type.isArray()) {
            return Treatment.of(
                    type.getComponentType().isPrimitive() ? Treatment.Kind.PRIMITIVES : Treatment.Kind.REFERENCES);
        } else if (type.isHidden()) {
            return Treatment.of(Treatment.Kind.LAMBDA);
        } else if (TextValues.of(o).isPresent()) {
            return Treatment.of(Treatment.Kind.TEXT);
        }
        return ofObject(o, type);
    }

    private boolean isPlainForSure(Object o, Class<?> type) {
        return !(o instanceof Map || o instanceof Iterator || frameworks.has(type) || Singletons.hasOneOf(type));
    }

    private Treatment ofObject(Object o, Class<?> type) {
        String name = type.getName();
        Optional<Treatment> framework = frameworks.treatment(o, type);
        if (framework.isPresent()) {
            return framework.get();
        } else if (LOGGING.stream().anyMatch(name::startsWith)
                || support.stream().anyMatch(name::startsWith)) {
            return Treatment.of(Treatment.Kind.RESOURCE);
        } else if (name.startsWith(BELAY) && !name.equals(COUNTING_ITERATOR)) {
            return Treatment.refused("it belongs to Belay itself");
        }
        Optional<Treatment> hashed = HashedTypes.of(o, type);
        if (hashed.isPresent()) {
            return hashed.get();
        }
        if (JdkTypes.isStream(o)) {
            return streams.refusal(o).map(Treatment::refused).orElse(Treatment.of(Treatment.Kind.RESOURCE));
        }
        Class<?> jdk = firstJdkClass(type);
        if (jdk == type) {
            return JdkTypes.of(o, jdk);
        } else if (jdk != Object.class && JdkTypes.of(o, jdk).kind() != Treatment.Kind.PLAIN) {
            return JdkTypes.of(o, jdk); // its own Thread or stream is treated as the JDK's; its own Random is plain
        } else if (NativeMethods.areOf(type)) {
            return Treatment.refused("its class has native methods, so state may live outside the heap, and no adapter"
                    + " knows it; make it unreachable at the loop's head");
        }
        return Treatment.of(Treatment.Kind.PLAIN);
    }

    /** Returns the saved fields of a resource: those its adapter names, and those that the program's classes declare. */
    ClassLayout resourceLayout(Class<?> type) {
        return layouts.of(type);
    }

    /** Returns for whose sake an object of this class is treated as it is: an adapter's framework, files, the JDK, a library. */
    String keeper(Object o) {
        Class<?> type = o.getClass();
        if (JdkTypes.isStream(o)) {
            return "files";
        }
        return frameworks.framework(type).orElseGet(() -> firstJdkClass(type) == Object.class ? "library" : "jdk");
    }

    /** Returns whether a class is the program's own, or of a library that no adapter answers for. */
    boolean isProgram(Class<?> type) {
        return !isJdk(type) && !frameworks.has(type);
    }

    /** Returns who knows what a live object of this class holds outside of its fields. */
    Optional<Contents> contents(Class<?> type) {
        return frameworks.contents(type);
    }

    /** Returns whether an enum's constant holds more than its name. */
    static boolean hasState(Object constant) {
        return !isJdk(constant.getClass())
                && !ClassLayout.of(constant.getClass()).isEmpty();
    }

    /** Returns whether an object of this class may be made because a checkpoint says so. */
    boolean mayMake(Class<?> type) {
        return mayMake.computeIfAbsent(type, this::decideMayMake);
    }

    private boolean decideMayMake(Class<?> type) {
        boolean special = type.isHidden() || Enum.class.isAssignableFrom(type) || type == Class.class || type.isArray();
        if (special || Modifier.isAbstract(type.getModifiers())) {
            return false;
        } else if (type.getName().startsWith(BELAY)) {
            return type.getName().equals(COUNTING_ITERATOR);
        }
        return frameworks.firstOf(type).isPresent() ? frameworks.isState(type) : JdkTypes.mayMake(firstJdkClass(type));
    }

    static boolean isJdk(Class<?> c) {
        return c.getClassLoader() == null || c.getClassLoader() == ClassLoader.getPlatformClassLoader();
    }

    private static Class<?> firstJdkClass(Class<?> type) {
        Class<?> c = type;
        while (!isJdk(c)) {
            c = c.getSuperclass();
        }
        return c;
    }
}
