package killtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A JVM of its own; what it prints goes to files, so that nothing is lost when it is killed. */
final class Fork implements AutoCloseable {

    /** What the JVM reports for a process ended by signal 9. */
    static final int KILLED = 137;

    private static final long TIMEOUT_MINUTES = 5;

    private final Process process;
    private final List<String> line;
    private final Path out;
    private final Path err;

    private Fork(Process process, List<String> line, Path out, Path err) {
        this.process = process;
        this.line = line;
        this.out = out;
        this.err = err;
    }

    /** Starts the command in a directory; its output goes to fresh files beside that directory. */
    static Fork start(Command command, Path directory) {
        return start(command.line(), command.environment(), directory);
    }

    /** Starts any program. */
    static Fork start(List<String> line, Map<String, String> environment, Path directory) {
        try {
            Files.createDirectories(directory);
            Path logs = Files.createDirectories(directory.resolveSibling(directory.getFileName() + ".logs"));
            Path out = Files.createTempFile(logs, "life", ".out");
            Path err = out.resolveSibling(out.getFileName().toString().replace(".out", ".err"));
            ProcessBuilder builder = new ProcessBuilder(line);
            builder.directory(directory.toFile()).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().keySet().removeIf(k -> k.startsWith("BELAY_") || k.equals("JAVA_TOOL_OPTIONS"));
            builder.environment().putAll(environment);
            return new Fork(builder.start(), line, out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs the command to its end. */
    static Outcome run(Command command, Path directory) {
        try (Fork fork = start(command, directory)) {
            return fork.await();
        }
    }

    /** Runs any program to its end. */
    static Outcome run(List<String> line, Map<String, String> environment, Path directory) {
        try (Fork fork = start(line, environment, directory)) {
            return fork.await();
        }
    }

    boolean alive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    String stderr() {
        return read(err);
    }

    String stdout() {
        return read(out);
    }

    /** Kills it as soon as it is where it should be, or returns what it left when it ended before. */
    Outcome killWhen(BooleanSupplier there) {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(TIMEOUT_MINUTES);
        while (process.isAlive() && !there.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("still running after " + TIMEOUT_MINUTES + " min: " + line + "\n" + read(err));
            }
            LockSupport.parkNanos(3_000_000);
        }
        return kill();
    }

    Outcome await() {
        try {
            if (!process.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES)) {
                throw new AssertionError("still running after " + TIMEOUT_MINUTES + " min: " + line + "\n" + read(err));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return new Outcome(process.exitValue(), read(out), read(err), line);
    }

    /** Sends SIGKILL and waits for the end, which MUST be by that signal unless the process had ended before. */
    Outcome kill() {
        boolean ranBefore = process.isAlive();
        process.destroyForcibly();
        Outcome outcome = await();
        if (ranBefore && outcome.exit() != 0) {
            assertThat(outcome.exit())
                    .as("exit code of a killed process, %s", outcome)
                    .isEqualTo(KILLED);
        }
        return outcome;
    }

    /** Sends SIGKILL to it and to all that it started, as a batch system does. */
    Outcome killTree() {
        List<ProcessHandle> started = process.descendants().toList();
        process.destroyForcibly();
        started.forEach(ProcessHandle::destroyForcibly);
        started.forEach(p -> p.onExit().join());
        return kill();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
