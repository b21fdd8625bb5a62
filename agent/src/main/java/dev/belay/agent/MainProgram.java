package dev.belay.agent;

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
 */
record MainProgram(String mainClass, List<String> arguments) {

    /** The JDK's own programs (javac, jar, jps …) and Belay's, which JAVA_TOOL_OPTIONS would bring along. */
    private static final List<String> TOOLS =
            List.of("jdk.", "java.", "com.sun.tools.", "sun.tools.", "sun.security.tools.", "dev.belay.cli.");

    /** Returns the program; empty for a tool of the JDK. */
    static Optional<MainProgram> running() {
        return of(System.getProperty("sun.java.command", "").trim());
    }

    /** @param command main class, module/class or jar, then the arguments, separated by spaces */
    static Optional<MainProgram> of(String command) {
        List<String> words = Arrays.asList(command.split(" "));
        int first = 1;
        while (first < words.size() && !isJar(words.subList(0, first))) {
            first++; // a path may hold spaces
        }
        boolean jar = isJar(words.subList(0, first));
        String main = jar
                ? mainOf(String.join(" ", words.subList(0, first)))
                : words.get(0).substring(words.get(0).indexOf('/') + 1);
        if (TOOLS.stream().anyMatch(main::startsWith)) {
            return Optional.empty();
        }
        return Optional.of(new MainProgram(main, words.subList(jar ? first : 1, words.size())));
    }

    private static boolean isJar(List<String> words) {
        String path = String.join(" ", words);
        return path.endsWith(".jar") && Files.isRegularFile(Path.of(path));
    }

    private static String mainOf(String jar) {
        try (JarFile file = new JarFile(jar)) {
            String main = file.getManifest() == null
                    ? null
                    : file.getManifest().getMainAttributes().getValue("Main-Class");
            return main == null ? jar : main;
        } catch (IOException e) {
            return jar; // the JVM will say what is wrong with it
        }
    }
}
