package dev.belay.weave;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** The class files that one class loader of the program sees. Holds archives open until it is closed. */
final class ClassPath implements AutoCloseable {

    private static final String CLASS = ".class";

    private final List<ClassEntry> entries;
    private final ClassLoader unlisted;
    private final Map<String, ClassEntry.Content> places = new LinkedHashMap<>();

    /**
     * @param entries in the order in which classes are looked for
     * @param unlisted is asked for what is in none of them; null for nobody
     */
    ClassPath(List<ClassEntry> entries, ClassLoader unlisted) {
        this.entries = List.copyOf(entries);
        this.unlisted = unlisted;
    }

    /**
     * Looks which classes there are: for the running version only, Belay's own excepted. The first of a name counts, as for
     * the class loader.
     *
     * @param wanted by internal name
     * @return their names
     */
    Set<String> list(Predicate<String> wanted) {
        for (ClassEntry entry : entries) {
            try {
                entry.list((file, content) -> {
                    if (isProgram(file) && wanted.test(className(file))) {
                        places.putIfAbsent(className(file), content);
                    }
                });
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + entry + " of the class path", e);
            }
        }
        return Collections.unmodifiableSet(places.keySet());
    }

    /** Returns a class file that {@link #list} has found, or that only the loader knows how to find, or null. */
    byte[] find(String internalName) {
        ClassEntry.Content place = places.get(internalName);
        if (place != null) {
            return read(internalName, place);
        }
        return unlisted == null || !isProgram(internalName + CLASS) || Jdk.owns(internalName)
                ? null
                : LoopFinder.classFile(unlisted, internalName);
    }

    private static byte[] read(String internalName, ClassEntry.Content content) {
        try {
            return content.read();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read class " + internalName + " of the class path", e);
        }
    }

    @Override
    public void close() throws IOException {
        for (ClassEntry entry : entries) {
            entry.close();
        }
        places.clear();
    }

    private static String className(String file) {
        return file.substring(0, file.length() - CLASS.length());
    }

    private static boolean isProgram(String file) {
        return file.endsWith(CLASS)
                && !file.endsWith("module-info.class")
                && !file.contains("-INF/") // of an archive in an archive, or of another version
                && !file.startsWith("dev/belay/");
    }
}
