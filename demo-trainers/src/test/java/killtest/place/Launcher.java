package killtest.place;

import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;

/** Starts a main class from class loaders of its own: {@code Launcher <how> <path> <main class> <arguments>}. */
public final class Launcher {

    private static URLClassLoader made;

    private Launcher() {}

    /** Prefers its own classes to those of the class path. */
    private static final class ChildFirst extends URLClassLoader {

        ChildFirst(URL[] urls) {
            super(urls, ClassLoader.getSystemClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                if (loaded != null) {
                    return loaded;
                }
                try {
                    return name.startsWith("java.") ? super.loadClass(name, resolve) : findClass(name);
                } catch (ClassNotFoundException e) {
                    return super.loadClass(name, resolve);
                }
            }
        }
    }

    public static void main(String[] args) throws ReflectiveOperationException, MalformedURLException {
        URL[] urls = {Path.of(args[1]).toUri().toURL()};
        made = switch (args[0]) {
            case "child-first" -> new ChildFirst(urls);
            case "isolated" -> new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
            default -> new URLClassLoader(urls);
        };
        if (args[0].equals("twins")) {
            start(new ChildFirst(urls), args[2], "0"); // its classes stay, and have the same names
        }
        start(made, args[2], Arrays.copyOfRange(args, 3, args.length));
    }

    private static void start(ClassLoader loader, String main, String... args) throws ReflectiveOperationException {
        Thread.currentThread().setContextClassLoader(loader);
        try {
            loader.loadClass(main).getMethod("main", String[].class).invoke(null, (Object) args);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
