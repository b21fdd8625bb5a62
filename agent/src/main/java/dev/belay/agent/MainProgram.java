package dev.belay.agent;

import java.io.IOException;
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

    /** Modules and packages of the JDK's own programs (javac, jar, jps …), which JAVA_TOOL_OPTIONS would bring along. */
    private static final List<String> TOOLS = List.of("jdk.", "java.", "com.sun.tools.", "sun.tools.", "sun.security.tools.");

    /** Returns the program; empty for a tool of the JDK. */
    static Optional<MainProgram> running() {
        String command = System.getProperty("sun.java.command", "").trim();
        String[] words = command.split(" ");
        String first = words[0];
        if (TOOLS.stream().anyMatch(first::startsWith)) {
            return Optional.empty();
        }
        String main = first.endsWith(".jar") ? mainOf(first) : first.substring(first.indexOf('/') + 1);
        return Optional.of(new MainProgram(main, Arrays.asList(words).subList(1, words.length)));
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
