package dev.belay.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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
        print.put(ARGUMENTS, String.join(" ", program.arguments()));
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
        for (Map.Entry<String, String> e : now.entrySet()) {
            String key = e.getKey();
            String was = saved.get(key);
            if (was == null || was.equals(e.getValue()) || allowed(key, settings)) {
                continue;
            }
            return Optional.of(
                    key + " is '" + e.getValue() + "', the checkpoint was saved with '" + was + "'; " + remedy(key));
        }
        return Optional.empty();
    }

    /** Returns the differences that the user allows, for the log. */
    static List<String> accepted(Map<String, String> saved, Map<String, String> now, Settings settings) {
        List<String> accepted = new ArrayList<>();
        now.forEach((key, value) -> {
            String was = saved.get(key);
            if (was != null && !was.equals(value) && allowed(key, settings)) {
                accepted.add(key + " is '" + value + "', the checkpoint was saved with '" + was + "'");
            }
        });
        return accepted;
    }

    private static boolean allowed(String key, Settings settings) {
        if (key.equals(ARGUMENTS)) {
            return settings.acceptChanges();
        }
        Set<String> inexact = settings.allowInexact();
        return (key.startsWith("cpu.") && inexact.contains("cpu"))
                || (key.startsWith("jdk.") && inexact.contains("jdk"));
    }

    private static String remedy(String key) {
        if (key.equals(ARGUMENTS)) {
            return "call the program as before, set accept_changes=all to go on with the saved values, or choose"
                    + " another output_dir";
        } else if (key.startsWith("cpu.") || key.startsWith("jdk.")) {
            return "resume where it was saved, or set allow_inexact=" + key.substring(0, 3)
                    + " to go on without the promise of equal bits";
        }
        return "resume with what it was saved with, or choose another output_dir";
    }
}
