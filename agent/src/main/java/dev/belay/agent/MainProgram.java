package dev.belay.agent;

import dev.belay.weave.LaterStarts;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarFile;

/**
 * The program that this JVM was started for.
 *
 * @param mainClass binary name of its main class
 * @param arguments what main is called with
 * @param begins how it is started
 */
record MainProgram(String mainClass, List<String> arguments, Begins begins) {

    /** How a program is started. */
    enum Begins {
        /** By the JVM. */
        AT_ONCE,
        /** By a launcher that is known to start its main class. */
        BY_NAME,
        /** By the JDK's launcher of source files, which compiles it. */
        FROM_SOURCE
    }

    /** Programs of the JDK, of build tools and of Belay itself, which JAVA_TOOL_OPTIONS would bring along. */
    private static final List<String> TOOLS = List.of(
            "jdk.",
            "java.",
            "com.sun.tools.",
            "sun.tools.",
            "sun.security.tools.",
            "dev.belay.cli.",
            "org.apache.maven.",
            "org.codehaus.plexus.classworlds.",
            "org.mvndaemon.",
            "org.gradle.",
            "worker.org.gradle.",
            "org.apache.tools.ant.",
            "org.jetbrains.kotlin.cli.");

    /** Before and since JDK 22. */
    private static final List<String> SOURCE_LAUNCHERS =
            List.of("com.sun.tools.javac.launcher.Main", "com.sun.tools.javac.launcher.SourceLauncher");

    private static final String SOURCE_LOADERS = "com.sun.tools.javac.launcher.";
    private static final String SPRING_LAUNCHERS = "org.springframework.boot.loader.";

    /** Returns the program; empty for a tool of the JDK or one that builds programs. */
    static Optional<MainProgram> running() {
        String command = System.getProperty("sun.java.command", "").trim();
        String module = System.getProperty("jdk.module.main");
        return of(
                module == null || command.startsWith(module + "/")
                        ? command
                        : command.replaceFirst("^\\S+", module + "/" + mainOfModule(module)));
    }

    private static String mainOfModule(String module) {
        return ModuleLayer.boot()
                .findModule(module)
                .flatMap(m -> m.getDescriptor().mainClass())
                .orElse(module);
    }

    /** @param command main class, module/class or jar, then the arguments, separated by spaces */
    static Optional<MainProgram> of(String command) {
        List<String> words = Arrays.asList(command.split(" "));
        int first = 1;
        while (first < words.size() && !isJar(words.subList(0, first))) {
            first++; // a path may hold spaces
        }
        boolean jar = isJar(words.subList(0, first));
        String path = String.join(" ", words.subList(0, first));
        String main = jar
                ? attribute(path, "Main-Class").orElse(path)
                : words.get(0).substring(words.get(0).indexOf('/') + 1);
        List<String> arguments = words.subList(jar ? first : 1, words.size());
        if (SOURCE_LAUNCHERS.contains(main) && !arguments.isEmpty()) {
            return Optional.of(new MainProgram(
                    nameOf(arguments.get(0)), arguments.subList(1, arguments.size()), Begins.FROM_SOURCE));
        } else if (TOOLS.stream().anyMatch(main::startsWith)) {
            return Optional.empty();
        } else if (main.startsWith(SPRING_LAUNCHERS)) {
            Optional<String> start = springStart(jar ? path : System.getProperty("java.class.path", ""));
            if (start.isPresent()) {
                return Optional.of(new MainProgram(start.get(), arguments, Begins.BY_NAME));
            }
        }
        return Optional.of(new MainProgram(main, arguments, Begins.AT_ONCE));
    }

    private static Optional<String> springStart(String classPath) {
        String named = System.getProperty("loader.main");
        return named != null
                ? Optional.of(named)
                : Arrays.stream(classPath.split(File.pathSeparator))
                        .flatMap(p -> attribute(p, "Start-Class").stream())
                        .findFirst();
    }

    private static String nameOf(String sourceFile) {
        return Path.of(sourceFile).getFileName().toString().replaceFirst("\\.java$", "");
    }

    private static boolean isJar(List<String> words) {
        String path = String.join(" ", words);
        return path.endsWith(".jar") && Files.isRegularFile(Path.of(path));
    }

    private static Optional<String> attribute(String jar, String name) {
        try (JarFile file = new JarFile(jar)) {
            return Optional.ofNullable(file.getManifest())
                    .map(m -> m.getMainAttributes().getValue(name));
        } catch (IOException e) {
            return Optional.empty(); // the JVM will say what is wrong with it
        }
    }

    /** Returns which classes that are not the class path's the program starts with. */
    LaterStarts starts() {
        String internal = mainClass.replace('.', '/');
        return switch (begins) {
            case AT_ONCE -> LaterStarts.anywhere();
            case BY_NAME -> LaterStarts.with((loader, name) -> name.equals(internal));
            case FROM_SOURCE ->
                LaterStarts.with((loader, name) -> loader.getClass().getName().startsWith(SOURCE_LOADERS));
        };
    }
}
