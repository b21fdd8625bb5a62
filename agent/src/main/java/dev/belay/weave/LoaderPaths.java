package dev.belay.weave;

import java.io.File;
import java.io.IOException;
import java.lang.module.ResolvedModule;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import jdk.internal.misc.VM;

/** Finds where class loaders read their classes from. */
final class LoaderPaths {

    private static final String AGENT = "-javaagent:";

    private LoaderPaths() {}

    /** Returns the class path and the module path. */
    static ClassPath application() {
        return new ClassPath(applicationEntries(), null);
    }

    /**
     * Returns what a loader sees: its own places and those of the loaders above it. A loader that finds classes in its own
     * way (child first, say) is taken to prefer its own; one that cannot be listed is asked for each class.
     */
    static ClassPath of(ClassLoader loader) {
        List<ClassEntry> entries = new ArrayList<>();
        boolean listed = true;
        int at = 0;
        for (ClassLoader l = loader; l != null && l != ClassLoader.getPlatformClassLoader(); l = l.getParent()) {
            List<ClassEntry> own = l == ClassLoader.getSystemClassLoader() ? applicationEntries() : ownEntries(l);
            entries.addAll(at, own);
            at += l.getClass() == URLClassLoader.class ? 0 : own.size(); // where those of its parent go
            listed &= l == ClassLoader.getSystemClassLoader() || l instanceof URLClassLoader;
        }
        return new ClassPath(entries, listed ? null : loader);
    }

    private static List<ClassEntry> ownEntries(ClassLoader loader) {
        List<ClassEntry> entries = new ArrayList<>();
        Set<Path> files = new LinkedHashSet<>();
        for (URL url : loader instanceof URLClassLoader urls ? urls.getURLs() : new URL[0]) {
            if (url.getProtocol().equals("file")) {
                file(url, files);
            } else {
                entries.add(ClassEntry.inside(url));
            }
        }
        withManifests(files).forEach(f -> entries.add(ClassEntry.of(f)));
        return entries;
    }

    private static void file(URL url, Set<Path> files) {
        try {
            files.add(Path.of(url.toURI()));
        } catch (URISyntaxException | IllegalArgumentException e) {
            files.add(Path.of(url.getPath())); // written without escapes: the class loader reads it so, too
        }
    }

    private static List<ClassEntry> applicationEntries() {
        List<ClassEntry> entries = new ArrayList<>();
        ModuleLayer boot = ModuleLayer.boot();
        for (ResolvedModule m : boot.configuration().modules()) {
            if (boot.findLoader(m.name()) == ClassLoader.getSystemClassLoader() && !isJdk(m)) {
                entries.add(new ClassEntry.Module(m.reference()));
            }
        }
        Set<Path> paths = new LinkedHashSet<>();
        String classPath = System.getProperty("java.class.path", "");
        boolean none = classPath.isEmpty() && System.getProperty("jdk.module.main") != null;
        for (String entry : none ? new String[0] : classPath.split(File.pathSeparator)) {
            paths.add(Path.of(entry).toAbsolutePath().normalize());
        }
        paths.removeAll(agents());
        withManifests(paths).forEach(p -> entries.add(ClassEntry.of(p)));
        return entries;
    }

    /** The JVM appends the agents to the class path. */
    private static Set<Path> agents() {
        Set<Path> agents = new HashSet<>();
        for (String argument : VM.getRuntimeArguments()) {
            if (argument.startsWith(AGENT)) {
                String jar = argument.substring(AGENT.length()).replaceFirst("=.*", "");
                agents.add(Path.of(jar).toAbsolutePath().normalize());
            }
        }
        return agents;
    }

    /** A run-time image that was made for a program holds the program's modules beside the JDK's. */
    private static boolean isJdk(ResolvedModule module) {
        return module.reference()
                        .location()
                        .filter(l -> "jrt".equals(l.getScheme()))
                        .isPresent()
                && (module.name().startsWith("jdk.") || module.name().startsWith("java."));
    }

    /** Adds what archives name in their manifests, as the class loaders do. */
    private static Set<Path> withManifests(Set<Path> paths) {
        Set<Path> all = new LinkedHashSet<>();
        Deque<Path> pending = new ArrayDeque<>(paths);
        while (!pending.isEmpty()) {
            Path entry = pending.poll();
            if (Files.exists(entry) && all.add(entry) && Files.isRegularFile(entry)) {
                pending.addAll(named(entry));
            }
        }
        return all;
    }

    private static List<Path> named(Path archive) {
        List<Path> more = new ArrayList<>();
        try (JarFile jar = new JarFile(archive.toFile())) {
            String names = jar.getManifest() == null
                    ? null
                    : jar.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            for (String name : names == null ? new String[0] : names.trim().split(" +")) {
                more.add(Path.of(archive.toUri().resolve(name)).normalize());
            }
        } catch (IOException | IllegalArgumentException | FileSystemNotFoundException e) {
            return more; // no archive, or names of another scheme: the class loader finds nothing there either
        }
        return more;
    }
}
