package dev.belay.engine.explain;

import dev.belay.store.JsonFile;
import dev.belay.store.ScratchDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * That a program is to be explained: it runs up to its first steps, leaves a report and ends. The command asks by flags of
 * the JVM, and the agent in that JVM answers by a file.
 *
 * @param directory a temporary directory, for the report and for what a trial save writes
 * @param steps how many steps the program makes
 * @param timeout how long that may take
 */
public record Question(Path directory, int steps, Duration timeout) {

    /** The exit code of a process that has written its report and was ended. */
    public static final int ANSWERED = 42;

    private static final String DIRECTORY = "dev.belay.explain.directory";
    private static final String STEPS = "dev.belay.explain.steps";
    private static final String TIMEOUT = "dev.belay.explain.timeout_ms";

    /** Makes a question, with a new directory. */
    public static Question ask(int steps, Duration timeout) throws IOException {
        return new Question(ScratchDirectory.create(), steps, timeout);
    }

    /** Deletes the directory. */
    public void forget() throws IOException {
        ScratchDirectory.delete(directory);
    }

    /** Returns what this JVM is asked. */
    public static Optional<Question> in(Properties system) {
        return Optional.ofNullable(system.getProperty(DIRECTORY))
                .map(d -> new Question(
                        Path.of(d),
                        Integer.parseInt(system.getProperty(STEPS)),
                        Duration.ofMillis(Long.parseLong(system.getProperty(TIMEOUT)))));
    }

    /** Returns the flags that ask a JVM. */
    public List<String> flags() {
        return List.of(
                "-D" + DIRECTORY + "=" + directory,
                "-D" + STEPS + "=" + steps,
                "-D" + TIMEOUT + "=" + timeout.toMillis());
    }

    /** Returns an output_dir that holds no checkpoint. */
    public Path outputDir() {
        return directory.resolve("checkpoints");
    }

    private Path report() {
        return directory.resolve("report.json");
    }

    /** Writes the report as it is known now, in place of the one before. */
    public void answer(Map<String, ?> report) throws IOException {
        JsonFile.write(report(), report);
    }

    /** Reads the report; empty if the program was not even begun. */
    public Optional<Map<String, Object>> answer() throws IOException {
        return Files.exists(report()) ? Optional.of(JsonFile.read(report())) : Optional.empty();
    }
}
