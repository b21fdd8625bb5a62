package dev.belay.state;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The classes that adapters answer for, and what these say of them. */
final class FrameworkTypes {

    private final List<String> packages;
    private final Supplier<List<Adapter>> adapters;
    private final Consumer<Class<?>> met;

    /**
     * @param packages prefixes of the packages that adapters answer for
     * @param adapters the adapters loaded so far
     * @param met takes a framework's class that none of them knows, so that its adapter may be loaded
     */
    FrameworkTypes(List<String> packages, Supplier<List<Adapter>> adapters, Consumer<Class<?>> met) {
        this.packages = List.copyOf(packages);
        this.adapters = adapters;
        this.met = met;
    }

    boolean has(Class<?> c) {
        return packages.stream().anyMatch(c.getName()::startsWith);
    }

    /** Returns the class itself, or the first superclass, that belongs to a framework. */
    Optional<Class<?>> firstOf(Class<?> type) {
        Class<?> c = type;
        while (c != null && !has(c)) {
            c = c.getSuperclass();
        }
        return Optional.ofNullable(c);
    }

    /** Returns the adapters; one for this class is loaded if need be. */
    List<Adapter> adaptersFor(Class<?> type) {
        if (adapters.get().stream().allMatch(a -> a.role(type) == Adapter.Role.UNKNOWN)) {
            firstOf(type).ifPresent(met);
        }
        return adapters.get();
    }

    /** Returns how an object is treated whose class, or a superclass of it, belongs to a framework. */
    Optional<Treatment> treatment(Object o, Class<?> type) {
        return firstOf(type).map(c -> ofFramework(o, type));
    }

    private Treatment ofFramework(Object o, Class<?> type) {
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

    /** Returns whether an adapter says that an object of this class is state, so that it may be made. */
    boolean isState(Class<?> type) {
        return adapters.get().stream().anyMatch(a -> a.role(type) == Adapter.Role.STATE);
    }

    /** Returns the name of the framework whose adapter knows a class. */
    Optional<String> framework(Class<?> type) {
        return adapters.get().stream()
                .filter(a -> a.role(type) != Adapter.Role.UNKNOWN)
                .map(Adapter::framework)
                .findFirst();
    }

    /** Returns who knows what a live object of this class holds outside of its fields. */
    Optional<Contents> contents(Class<?> type) {
        return adaptersFor(type).stream()
                .filter(a -> a.role(type) == Adapter.Role.RESOURCE)
                .findFirst()
                .flatMap(Adapter::contents);
    }
}
