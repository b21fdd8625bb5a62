package dev.belay.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;

/** What must be equal in a resumed run, and whether it is. Keys say which option allows a difference. */
final class Fingerprint {

    private static final String ARGUMENTS = "program.arguments";
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    private Fingerprint() {}

    /** Returns what is known before the program starts. */
    static Map<String, String> ofProcess(ProgramIdentity program) {
        Map<String, String> print = new TreeMap<>();
        print.put("program.main", program.mainClass());
        print.put(ARGUMENTS, ArgumentList.text(program.arguments()));
        print.put("jdk.version", System.getProperty("java.vm.vendor") + " " + System.getProperty("java.vm.version"));
        print.put("cpu.architecture", System.getProperty("os.arch"));
        print.put("cpu.processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        print.put("cpu.capability", cpuCapability());
        return print;
    }

    /** Native kernels choose their code by these flags. */
    private static String cpuCapability() {
        try {
            for (String line : Files.readAllLines(CPU_INFO)) {
                if (line.startsWith("flags")) {
                    CRC32C crc = new CRC32C();
                    crc.update(line.getBytes(StandardCharsets.UTF_8));
                    return "flags " + Long.toHexString(crc.getValue());
                }
            }
            return "unknown";
        } catch (IOException e) {
            return "unknown"; // not Linux: nothing to compare
        }
    }

    /** Returns the first difference that is not allowed: what was found, what is expected, what to do. */
    static Optional<String> difference(Map<String, String> saved, Map<String, String> now, Settings settings) {
        for (String key : keys(saved, now)) {
            String was = saved.get(key);
            String is = now.get(key);
            if (Objects.equals(was, is) || allowed(key, settings)) {
                continue;
            } else if (key.equals(ARGUMENTS)) {
                return Optional.of(changedArguments(saved, now));
            }
            return Optional.of(told(key, was, is) + "; " + remedy(key));
        }
        return Optional.empty();
    }

    /** Returns the keys to compare: what an adapter says is known later than what the process says. */
    private static Set<String> keys(Map<String, String> saved, Map<String, String> now) {
        Set<String> groups = now.keySet().stream().map(Fingerprint::group).collect(Collectors.toSet());
        Set<String> keys = new TreeSet<>(now.keySet());
        saved.keySet().stream().filter(k -> groups.contains(group(k))).forEach(keys::add);
        return keys;
    }

    private static String group(String key) {
        return key.substring(0, Math.max(0, key.indexOf('.')));
    }

    private static String told(String key, String was, String is) {
        return key + " is " + (is == null ? "absent" : "'" + is + "'") + ", the checkpoint was saved with "
                + (was == null ? "none" : "'" + was + "'");
    }

    /** Returns the arguments that differ. */
    static List<ArgumentList.Change> changes(Map<String, String> saved, Map<String, String> now) {
        return ArgumentList.changes(
                ArgumentList.of(saved.getOrDefault(ARGUMENTS, "")), ArgumentList.of(now.getOrDefault(ARGUMENTS, "")));
    }

    private static String changedArguments(Map<String, String> saved, Map<String, String> now) {
        List<ArgumentList.Change> changes = changes(saved, now);
        return "changed arguments: "
                + changes.stream().map(ArgumentList.Change::text).collect(Collectors.joining(", "))
                + "; call the program as before, go on with the new values by accept_changes="
                + changes.stream().map(ArgumentList.Change::name).collect(Collectors.joining("+"))
                + ", or choose another output_dir";
    }

    /** Returns the differences that the user allows, for the log. */
    static List<String> accepted(Map<String, String> saved, Map<String, String> now, Settings settings) {
        return keys(saved, now).stream()
                .filter(k -> !Objects.equals(saved.get(k), now.get(k)) && allowed(k, settings))
                .filter(k -> !k.equals(ARGUMENTS)) // told by name
                .map(k -> told(k, saved.get(k), now.get(k)))
                .toList();
    }

    private static boolean allowed(String key, Settings settings) {
        if (key.equals(ARGUMENTS)) {
            return !settings.acceptChanges().none();
        }
        Set<String> inexact = settings.allowInexact();
        return (key.startsWith("cpu.") && inexact.contains("cpu"))
                || (key.startsWith("jdk.") && inexact.contains("jdk"));
    }

    private static String remedy(String key) {
        if (key.startsWith("cpu.") || key.startsWith("jdk.")) {
            return "resume where it was saved, or set allow_inexact=" + key.substring(0, 3)
                    + " to go on without the promise of equal bits";
        }
        return "resume with what it was saved with, or choose another output_dir";
    }
}
