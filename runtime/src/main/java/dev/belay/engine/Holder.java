package dev.belay.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The process that holds an output_dir, as the commit log notes it: enough to tell later whether it still runs. On a
 * machine without {@code /proc} nothing can be told.
 */
public final class Holder {

    /** Whether a process still runs. */
    public enum Life {
        RUNS,
        OVER,
        /** It ran on another machine, in another container, or was not noted. */
        UNKNOWN
    }

    private static final Path PROC = Path.of("/proc");
    private static final Path HOSTNAME = PROC.resolve("sys/kernel/hostname");
    private static final String HOST = "host";
    private static final String BOOT = "boot";
    private static final String NAMESPACE = "namespace";
    private static final String PROCESS = "pid";
    private static final String BEGUN = "begun";

    private Holder() {}

    /** Returns what the log should say about this process. */
    static Map<String, String> info(String what) {
        Map<String, String> info = new TreeMap<>(machine());
        info.put("main", what);
        long pid = ProcessHandle.current().pid();
        info.put(PROCESS, Long.toString(pid));
        begun(pid).ifPresent(b -> info.put(BEGUN, b));
        return info;
    }

    /** Returns the name of this machine; empty where it is unknown. Asks no network. */
    static String host() {
        return read(HOSTNAME).orElse("");
    }

    private static Map<String, String> machine() {
        Map<String, String> machine = new TreeMap<>();
        put(machine, HOST, read(HOSTNAME));
        put(machine, BOOT, read(PROC.resolve("sys/kernel/random/boot_id")));
        try {
            put(
                    machine,
                    NAMESPACE,
                    Optional.of(
                            Files.readSymbolicLink(PROC.resolve("self/ns/pid")).toString()));
        } catch (IOException | UnsupportedOperationException e) {
            return machine; // not told, so that it will be unknown
        }
        return machine;
    }

    private static void put(Map<String, String> machine, String key, Optional<String> value) {
        value.ifPresent(v -> machine.put(key, v));
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file).strip());
        } catch (IOException e) {
            return Optional.empty(); // not Linux, or hidden
        }
    }

    /** Returns when a process began, in the kernel's ticks; empty if there is none of that number. */
    private static Optional<String> begun(long pid) {
        int ticks = 19; // of what follows the name, which may hold anything
        return read(PROC.resolve(Long.toString(pid)).resolve("stat"))
                .map(s -> s.substring(s.lastIndexOf(')') + 2).split(" ")[ticks]);
    }

    /** Returns whether the process with that info still runs. */
    public static Life life(Map<String, String> info) {
        Map<String, String> here = machine();
        boolean told = info.containsKey(PROCESS) && info.containsKey(BEGUN) && here.containsKey(BOOT);
        if (!told || !here.getOrDefault(HOST, "").equals(info.get(HOST))) {
            return Life.UNKNOWN;
        } else if (!here.get(BOOT).equals(info.get(BOOT))) {
            return Life.OVER; // the machine was started again since
        } else if (!here.getOrDefault(NAMESPACE, "").equals(info.get(NAMESPACE))) {
            return Life.UNKNOWN;
        }
        Optional<String> begun = begun(Long.parseLong(info.get(PROCESS)));
        return begun.equals(Optional.of(info.get(BEGUN))) ? Life.RUNS : Life.OVER;
    }

    /** Returns who it is, for people. */
    static String text(Map<String, String> info) {
        return info.getOrDefault("main", "a program")
                + (info.containsKey(PROCESS) ? ", process " + info.get(PROCESS) : "")
                + (info.containsKey(HOST) ? " on " + info.get(HOST) : "");
    }
}
