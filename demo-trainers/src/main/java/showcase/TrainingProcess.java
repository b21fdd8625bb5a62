package showcase;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Runs a training command and watches its output, which is kept in a file.
 *
 * @param command the command as a user would type it
 * @param directory where it runs
 */
record TrainingProcess(List<String> command, Path directory) {

    /**
     * When to send SIGKILL.
     *
     * @param step the step after which to wait
     * @param pause how long to wait then
     */
    record Kill(int step, Duration pause) {

        static final Kill NEVER = new Kill(Integer.MAX_VALUE, Duration.ZERO);
    }

    /** Starts the command and returns when the process is gone; {@code watcher} sees the life after each line. */
    Life run(Path log, Kill kill, Consumer<Life> watcher) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("BELAY_")); // options left in the user's shell
        long start = System.nanoTime();
        Process process = builder.start();
        Thread killWithUs = new Thread(process.toHandle()::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(killWithUs);
        Life life = new Life();
        boolean killed = false;
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
                BufferedWriter copy = Files.newBufferedWriter(log)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                copy.append(line).append('\n');
                life.note(Output.of(line), since(start));
                if (!killed && life.lastStep() >= kill.step()) {
                    Thread.sleep(kill.pause().toMillis());
                    process.toHandle().destroyForcibly(); // SIGKILL; what was printed before it stays readable
                    killed = true;
                }
                watcher.accept(life);
            }
        }
        life.ended(killed, process.waitFor(), since(start));
        Runtime.getRuntime().removeShutdownHook(killWithUs);
        return life;
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
