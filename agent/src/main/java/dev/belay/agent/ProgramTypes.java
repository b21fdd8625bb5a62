package dev.belay.agent;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Finds the program's classes by name: as the first loader that a launcher made finds them, or else as the one of the
 * program's loaders does that knows the name. Defines nothing itself.
 */
final class ProgramTypes extends ClassLoader {

    private final Supplier<List<ClassLoader>> loaders;

    /** @param loaders of what launchers have started so far, in that order; the class path's may be among them */
    ProgramTypes(Supplier<List<ClassLoader>> loaders) {
        super("belay-types", ClassLoader.getSystemClassLoader());
        this.loaders = loaders;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        ClassLoader system = getParent();
        List<ClassLoader> own = loaders.get().stream().filter(l -> l != system).toList();
        if (own.isEmpty()) {
            return system.loadClass(name);
        }
        try {
            return own.get(0).loadClass(name);
        } catch (ClassNotFoundException e) {
            Set<ClassLoader> others = new LinkedHashSet<>(own.subList(1, own.size()));
            others.add(system);
            return onlyOne(name, others);
        }
    }

    private static Class<?> onlyOne(String name, Set<ClassLoader> loaders) throws ClassNotFoundException {
        Set<Class<?>> found = new LinkedHashSet<>();
        loaders.forEach(l -> find(name, l).ifPresent(found::add));
        if (found.size() != 1) {
            throw new ClassNotFoundException(name + (found.isEmpty() ? "" : ": two class loaders have one"));
        }
        return found.iterator().next();
    }

    private static Optional<Class<?>> find(String name, ClassLoader loader) {
        try {
            return Optional.of(loader.loadClass(name));
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        }
    }
}
