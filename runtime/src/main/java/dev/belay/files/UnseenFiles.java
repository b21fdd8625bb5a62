package dev.belay.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Files that something in the process writes which Belay did not see opening them: each is named once. */
final class UnseenFiles {

    private static final String FLIGHT_RECORDING = ".jfr";

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
        told.addAll(OpenDescriptors.writable().values());
    }

    /** @param known files that are cared for */
    void tell(Predicate<Path> known) throws IOException {
        for (Map.Entry<Integer, Path> e : OpenDescriptors.writable().entrySet()) {
            Path file = e.getValue();
            boolean program = Files.isRegularFile(file)
                    && !file.startsWith(own)
                    && !file.startsWith("/dev")
                    && !file.startsWith("/proc")
                    && !file.toString().endsWith(FLIGHT_RECORDING);
            if (program && !known.test(file) && told.add(file)) {
                warn.accept(
                        Places.text(file) + " is open for writing, but not by a call that Belay sees (a logging library"
                                + " or native code may have it): what it holds is not continued after a resume");
            }
        }
    }
}
