package dev.belay.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Files that something in the process writes which Belay did not see opening them: each is named once. */
final class UnseenFiles {

    private static final String FLIGHT_RECORDING = ".jfr";
    private static final String CLASSES = ".jar";

    private final Path own;
    private final Consumer<String> warn;
    private final Set<Path> told = new HashSet<>();

    /** @param own the directory of Belay's own files */
    UnseenFiles(Path own, Consumer<String> warn) {
        this.own = own;
        this.warn = warn;
    }

    /** What is open before the program starts is the JVM's: its own logs, say. */
    void begin() throws IOException {
        told.addAll(OpenDescriptors.writable(f -> true).values());
    }

    /** @param known files that are cared for */
    void tell(Predicate<Path> known) throws IOException {
        Predicate<Path> another = f -> !known.test(f) && !told.contains(f) && isProgram(f);
        for (Path file : OpenDescriptors.writable(another).values()) {
            if (told.add(file)) {
                warn.accept(
                        Places.text(file) + " is open for writing, but not by a call that Belay sees (a logging library"
                                + " or native code may have it): what it holds is not continued after a resume");
            }
        }
    }

    private boolean isProgram(Path file) {
        String name = file.toString();
        return !name.endsWith(CLASSES)
                && !name.endsWith(FLIGHT_RECORDING)
                && !file.startsWith(own)
                && !file.startsWith("/dev")
                && !file.startsWith("/proc")
                && Files.isRegularFile(file);
    }
}
