package dev.belay.state;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Decides how each object of the program is saved. One instance per capture or restore. */
public final class ObjectPolicy {

    private static final List<String> LOGGING = List.of(
            "org.slf4j.", "ch.qos.logback.", "org.apache.logging.", "org.apache.log4j.", "org.apache.commons.logging.");
    private static final List<Class<?>> REBUILDABLE = List.of(
            HashMap.class, LinkedHashMap.class, IdentityHashMap.class, ConcurrentHashMap.class, Hashtable.class);

    private final List<String> frameworkPackages;
    private final List<String> support;
    private final Supplier<List<Adapter>> adapters;
    private final Consumer<Class<?>> met;
    private final Map<Class<?>, ClassLayout> resourceLayouts = new HashMap<>();

    /**
     * @param frameworkPackages prefixes of the packages that adapters answer for
     * @param support prefixes of libraries that hold no training state
     * @param adapters the adapters loaded so far
     * @param met takes a framework's class that none of them knows, so that its adapter may be loaded
     */
    public ObjectPolicy(
            List<String> frameworkPackages,
            List<String> support,
            Supplier<List<Adapter>> adapters,
            Consumer<Class<?>> met) {
        this.frameworkPackages = List.copyOf(frameworkPackages);
        this.support = List.copyOf(support);
        this.adapters = adapters;
        this.met = met;
    }

    /** As above, where all adapters are loaded. */
    ObjectPolicy(List<String> frameworkPackages, List<String> support, Supplier<List<Adapter>> adapters) {
        this(frameworkPackages, support, adapters, type -> {});
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
        } else if (Singletons.name(o) != null) {
            return Treatment.of(Treatment.Kind.SINGLETON);
        } else if (o instanceof Enum) {
            return Treatment.of(Treatment.Kind.CONSTANT);
        } else if (o instanceof Class) {
            return Treatment.of(Treatment.Kind.TYPE);
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

    private Treatment ofObject(Object o, Class<?> type) {
        String name = type.getName();
        Optional<Treatment> framework = ofFramework(o, type);
        if (framework.isPresent()) {
            return framework.get();
        } else if (LOGGING.stream().anyMatch(name::startsWith) || support.stream().anyMatch(name::startsWith)) {
            return Treatment.of(Treatment.Kind.RESOURCE);
        } else if (name.startsWith("dev.belay.") && !name.equals("dev.belay.loop.CountingIterator")) {
            return Treatment.refused("it belongs to Belay itself");
        } else if (o instanceof Map<?, ?> m && REBUILDABLE.contains(type) && hasIdentityKeys(m)) {
            return Treatment.of(Treatment.Kind.REBUILT);
        }
        Class<?> jdk = firstJdkClass(type);
        if (jdk == type) {
            return JdkTypes.of(o, jdk);
        } else if (jdk != Object.class && JdkTypes.of(o, jdk).kind() != Treatment.Kind.PLAIN) {
            return JdkTypes.of(o, jdk); // its own Thread or stream is treated as the JDK's; its own Random is plain
        } else if (o instanceof Map<?, ?> m && jdk != Object.class && hasIdentityKeys(m)) {
            return Treatment.refused("it extends a JDK map and its keys hash by identity; use the JDK's class itself");
        } else if (declaresNatives(type)) {
            return Treatment.refused("its class has native methods, so state may live outside the heap, and no adapter"
                    + " knows it; make it unreachable at the loop's head");
        }
        return Treatment.of(Treatment.Kind.PLAIN);
    }

    private Optional<Treatment> ofFramework(Object o, Class<?> type) {
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            if (isFramework(c)) {
                return Optional.of(ofFrameworkClass(o, type));
            }
        }
        return Optional.empty();
    }

    private Treatment ofFrameworkClass(Object o, Class<?> type) {
        for (Adapter adapter : adaptersFor(type)) {
            Adapter.Role role = adapter.role(type);
            if (role != Adapter.Role.UNKNOWN) {
                Optional<String> refusal = adapter.refusal(o);
                if (refusal.isPresent()) {
                    return Treatment.refused(refusal.get());
                }
                return Treatment.of(role == Adapter.Role.STATE ? Treatment.Kind.PLAIN : Treatment.Kind.RESOURCE);
            }
        }
        return Treatment.refused("no adapter knows " + type.getName() + "; make it unreachable at the loop's head");
    }

    private List<Adapter> adaptersFor(Class<?> type) {
        if (adapters.get().stream().allMatch(a -> a.role(type) == Adapter.Role.UNKNOWN)) {
            Class<?> c = type;
            while (c != null && !isFramework(c)) {
                c = c.getSuperclass();
            }
            if (c != null) {
                met.accept(c);
            }
        }
        return adapters.get();
    }

    private boolean isFramework(Class<?> c) {
        return frameworkPackages.stream().anyMatch(c.getName()::startsWith);
    }

    /** Returns the saved fields of a resource: those its adapter names, and those that the program's classes declare. */
    ClassLayout resourceLayout(Class<?> type) {
        return resourceLayouts.computeIfAbsent(type, t -> {
            List<Field> named = adaptersFor(t).stream()
                    .flatMap(a -> a.stateFields(t).stream())
                    .toList();
            return ClassLayout.of(t, f -> named.contains(f) || isPrograms(t, f.getDeclaringClass()));
        });
    }

    private boolean isPrograms(Class<?> type, Class<?> declaring) {
        boolean frameworkSubclass = false;
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            frameworkSubclass |= isFramework(c);
        }
        return frameworkSubclass && !isFramework(declaring) && !isJdk(declaring);
    }

    /** Returns whether some key's hash code differs in every JVM, so that a copy of the table would not find it. */
    static boolean hasIdentityKeys(Map<?, ?> map) {
        return map instanceof IdentityHashMap || map.keySet().stream().anyMatch(ObjectPolicy::hashesByIdentity);
    }

    private static boolean hashesByIdentity(Object key) {
        if (key == null || isValue(key)) {
            return false;
        }
        return HASHES_BY_IDENTITY.get(key.getClass());
    }

    private static final ClassValue<Boolean> HASHES_BY_IDENTITY = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            try {
                Class<?> declaring = type.getMethod("hashCode").getDeclaringClass();
                return declaring == Object.class || declaring == Enum.class;
            } catch (NoSuchMethodException e) {
                throw new AssertionError("every class has hashCode", e);
            }
        }
    };

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

    private static final ClassValue<Boolean> DECLARES_NATIVES = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            try {
                return Arrays.stream(type.getDeclaredMethods()).anyMatch(m -> Modifier.isNative(m.getModifiers()));
            } catch (LinkageError e) {
                return false; // a signature names a class that is absent: the class cannot have been used natively
            }
        }
    };

    private static boolean declaresNatives(Class<?> type) {
        for (Class<?> c = type; c != null && !isJdk(c); c = c.getSuperclass()) {
            if (DECLARES_NATIVES.get(c)) {
                return true;
            }
        }
        return false;
    }
}
