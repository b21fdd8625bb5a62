package dev.belay.cli;

import dev.belay.engine.explain.Question;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A program that ran up to its first steps.
 *
 * @param report what its agent wrote; empty if the program was not begun
 * @param exitCode of its process
 * @param output the last lines that it printed
 */
record ExplainedRun(Optional<Map<String, Object>> report, int exitCode, List<String> output) {

    private static final int LINES = 20;
    private static final long GRACE_SECONDS = 60;

    /**
     * Runs it.
     *
     * @param show takes what the program prints; null to keep the last lines only
     */
    static ExplainedRun of(List<String> command, Question question, PrintWriter show)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectInput(ProcessBuilder.Redirect.INHERIT);
        for (String name : List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS")) {
            builder.environment().computeIfPresent(name, (n, value) -> JavaCommand.withoutBelay(value));
        }
        Process process = builder.start();
        Thread ended = new Thread(() -> end(process, question), "belay-end");
        Runtime.getRuntime().addShutdownHook(ended);
        Deque<String> last = new ArrayDeque<>();
        Thread reader = new Thread(() -> read(process, last, show), "belay-output");
        reader.setDaemon(true);
        reader.start();
        if (!process.waitFor(question.timeout().toSeconds() + GRACE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        reader.join(TimeUnit.SECONDS.toMillis(2)); // a process that it left behind may hold the pipe
        if (ended.getState() != Thread.State.NEW) {
            new CountDownLatch(1).await(); // this process was told to end, and will be gone in a moment
        }
        synchronized (last) {
            return new ExplainedRun(question.answer(), process.exitValue(), new ArrayList<>(last));
        }
    }

    /** This process is told to end: nothing MUST be left of the other one. */
    private static void end(Process process, Question question) {
        try {
            process.destroyForcibly().waitFor();
            question.forget();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + question.directory(), e);
        }
    }

    private static void read(Process process, Deque<String> last, PrintWriter show) {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(process.getInputStream(), Charset.defaultCharset()))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                keep(line, last);
                if (show != null) {
                    show.println(line);
                    show.flush();
                }
            }
        } catch (IOException e) {
            keep("(the rest of the output is lost: " + e.getMessage() + ")", last);
        }
    }

    private static void keep(String line, Deque<String> last) {
        synchronized (last) {
            last.add(line);
            if (last.size() > LINES) {
                last.poll();
            }
        }
    }
}
