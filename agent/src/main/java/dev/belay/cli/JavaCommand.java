package dev.belay.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Collectors;

/**
 * The command that starts a program, without Belay.
 *
 * @param words {@code java}, or a path to it, and what follows
 * @param agentOptions what it gave Belay as an agent; empty if it did not
 */
record JavaCommand(List<String> words, Optional<String> agentOptions) {

    private static final String AGENT = "-javaagent:";
    private static final String PREMAIN = "dev.belay.agent.PreMain";

    /** Options of the launcher whose value is the next word. */
    private static final Set<String> WITH_VALUE = Set.of(
            "-cp",
            "-classpath",
            "--class-path",
            "-p",
            "--module-path",
            "--upgrade-module-path",
            "--add-modules",
            "--limit-modules",
            "--add-reads",
            "--add-exports",
            "--add-opens",
            "--patch-module",
            "--enable-native-access",
            "--source");

    /** Options of the launcher after whose value everything is the program's. */
    private static final Set<String> PROGRAM = Set.of("-jar", "-m", "--module");

    JavaCommand {
        words = List.copyOf(words);
    }

    /** @throws BadCommand if it is not java that it starts, or Belay's agent is where it cannot be taken out */
    static JavaCommand of(List<String> words) throws BadCommand {
        requireJava(words);
        List<String> rest = new ArrayList<>(words);
        Optional<String> options = Optional.empty();
        int end = launcherWords(words);
        for (int i = end - 1; i > 0; i--) {
            if (words.get(i).startsWith("@")) {
                requireNoAgent(words.get(i));
            }
            Optional<String> found = belayOptions(words.get(i));
            if (found.isPresent()) {
                options = found;
                rest.remove(i);
            }
        }
        return new JavaCommand(rest, options);
    }

    private static void requireJava(List<String> words) throws BadCommand {
        String first = words.get(0);
        String name = first.substring(Math.max(first.lastIndexOf('/'), first.lastIndexOf('\\')) + 1);
        if (!Set.of("java", "java.exe").contains(name)) {
            throw new BadCommand("found the command " + first
                    + ", expected java; write what starts the program, as in: explain -- java -jar trainer.jar."
                    + " If a script starts it, write the java command of the script");
        } else if (words.size() == 1) {
            throw new BadCommand("found java alone, expected a program, as in: explain -- java -jar trainer.jar");
        }
    }

    /** Returns how many words are the launcher's. */
    private static int launcherWords(List<String> words) {
        int i = 1;
        while (i < words.size()) {
            String word = words.get(i);
            boolean option = word.startsWith("-") || word.startsWith("@");
            if (!option || PROGRAM.contains(word)) {
                return i;
            }
            i += WITH_VALUE.contains(word) ? 2 : 1;
        }
        return words.size();
    }

    /** Returns what a word gives Belay as an agent; empty if the word is anything else. */
    static Optional<String> belayOptions(String word) {
        if (!word.startsWith(AGENT)) {
            return Optional.empty();
        }
        int equals = word.indexOf('=');
        String jar = word.substring(AGENT.length(), equals < 0 ? word.length() : equals);
        return isBelay(jar) ? Optional.of(equals < 0 ? "" : word.substring(equals + 1)) : Optional.empty();
    }

    private static boolean isBelay(String jar) {
        try (JarFile file = new JarFile(jar)) {
            return file.getManifest() != null
                    && PREMAIN.equals(file.getManifest().getMainAttributes().getValue("Premain-Class"));
        } catch (IOException e) {
            return false; // the JVM will say what is wrong with it
        }
    }

    private static void requireNoAgent(String argumentFile) throws BadCommand {
        try {
            String text = Files.readString(Path.of(argumentFile.substring(1)));
            if (Arrays.stream(text.split("\\s+"))
                    .anyMatch(w -> belayOptions(w.replaceAll("[\"']", "")).isPresent())) {
                throw new BadCommand("found Belay's -javaagent in " + argumentFile
                        + ", expected it in the command; move it there, or remove it");
            }
        } catch (IOException | InvalidPathException e) {
            // the JVM will say what is wrong with it
            return;
        }
    }

    /** Returns the command with Belay as an agent and more flags of the JVM. */
    List<String> with(Path belayJar, String options, List<String> flags) {
        List<String> all = new ArrayList<>(words);
        all.addAll(1, flags);
        all.add(1 + flags.size(), AGENT + belayJar + (options.isEmpty() ? "" : "=" + options));
        return all;
    }

    /** Returns a variable such as JAVA_TOOL_OPTIONS without Belay's agent. */
    static String withoutBelay(String variable) {
        return Arrays.stream(variable.split("\\s+"))
                .filter(w -> belayOptions(w).isEmpty())
                .collect(Collectors.joining(" "));
    }
}
