package dev.belay.state;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The adapters in use: one per framework and class loader that brought it, made when its first object is born. Each
 * lives in a small loader of its own, so that it links against the very classes of the program.
 */
public final class Adapters {

    private static final String SERVICE = "META-INF/services/" + Adapter.class.getName();
    private static final String PACKAGES = "dev.belay.adapter.";

    private record Home(String framework, ClassLoader loader) {}

    private final ClassLoader agentLoader;
    private final Map<Home, Adapter> loaded = new LinkedHashMap<>();

    /**
     * @param agentLoader sees the classes of Belay
     */
    public Adapters(ClassLoader agentLoader) {
        this.agentLoader = agentLoader;
    }

    /**
     * Tells the framework's adapter of an object that was just constructed.
     *
     * @throws Unsupported if the framework has no adapter that fits it
     */
    public synchronized void born(String framework, Object o) {
        adapter(framework, o.getClass()).born(o);
    }

    /**
     * Loads the framework's adapter if it is not loaded: an object of the framework was met before a birth was.
     *
     * @throws Unsupported if the framework has no adapter that fits it
     */
    public synchronized void met(String framework, Class<?> type) {
        adapter(framework, type);
    }

    /** Tells the framework's adapter what was measured; one that is not loaded yet knows of no training. */
    public synchronized void measured(String framework, Object by, Object result) {
        for (Adapter a : loaded.values()) {
            if (a.framework().equals(framework)) {
                a.measured(by, result);
            }
        }
    }

    private Adapter adapter(String framework, Class<?> type) {
        Home home = new Home(framework, frameworkLoader(type));
        Adapter adapter = loaded.get(home);
        if (adapter == null) {
            adapter = load(home);
            loaded.put(home, adapter);
        }
        return adapter;
    }

    /** Returns the adapters made so far, in the order of the births. */
    public synchronized List<Adapter> loaded() {
        return List.copyOf(loaded.values());
    }

    /** A program may subclass the framework's class: the framework's loader is that of the topmost class. */
    private static ClassLoader frameworkLoader(Class<?> type) {
        Class<?> top = type;
        while (!ObjectPolicy.isJdk(top.getSuperclass())) {
            top = top.getSuperclass();
        }
        return top.getClassLoader();
    }

    private Adapter load(Home home) {
        // the room of an adapter is named after its framework, so no other framework's adapter is linked
        String room = PACKAGES + home.framework + ".";
        for (String name : providers()) {
            if (name.startsWith(room)) {
                try {
                    Class<?> type = Class.forName(name, true, new AdapterLoader(home.loader));
                    return (Adapter) type.getConstructor().newInstance();
                } catch (ReflectiveOperationException | LinkageError e) {
                    throw new Unsupported(
                            "framework " + home.framework,
                            "its adapter does not fit the version that the program brings (" + e
                                    + "); use a version that Belay supports");
                }
            }
        }
        throw new Unsupported("framework " + home.framework, "this Belay has no adapter for it; use one that has");
    }

    private List<String> providers() {
        List<String> names = new ArrayList<>();
        try {
            for (URL url : java.util.Collections.list(agentLoader.getResources(SERVICE))) {
                var connection = url.openConnection();
                connection.setUseCaches(false); // a cached jar file would stay open
                try (BufferedReader lines = new BufferedReader(
                        new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
                    lines.lines().map(String::strip).filter(s -> !s.isEmpty()).forEach(names::add);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + SERVICE, e);
        }
        return names;
    }

    /** Adapters are defined here from the agent's bytes, the rest of Belay is the agent's, all else the framework's. */
    private final class AdapterLoader extends ClassLoader {

        AdapterLoader(ClassLoader framework) {
            super("belay-adapter", framework);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("dev.belay.")) {
                return super.loadClass(name, resolve);
            } else if (!name.startsWith(PACKAGES)) {
                return Class.forName(name, false, agentLoader);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                return known != null ? known : define(name);
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = agentLoader.getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
