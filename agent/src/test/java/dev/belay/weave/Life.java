package dev.belay.weave;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One JVM that runs a trainer. */
final class Life {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Process process;
    private final Path out;
    private final Path err;

    Life(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** Waits for its end. */
    Life end() throws InterruptedException {
        boolean ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        assertThat(ended).as("ended in time: %s", this).isTrue();
        return this;
    }

    /** Kills it (SIGKILL) once it holds in a step and {@code wanted} steps are committed, or were before it began. */
    void killHolding(long wanted) throws InterruptedException {
        await(() -> text(out).contains("HOLD ")
                && Math.max(lastCommitted(), resumed().orElse(-1)) >= wanted);
        process.destroyForcibly();
        end();
    }

    private void await(BooleanSupplier condition) throws InterruptedException {
        Instant start = Instant.now();
        while (!condition.getAsBoolean()) {
            boolean alive = process.isAlive() && Instant.now().isBefore(start.plus(PATIENCE));
            if (!alive) {
                process.destroyForcibly();
            }
            assertThat(alive).as("holds with its checkpoint: %s", this).isTrue();
            Thread.sleep(5);
        }
    }

    int exitCode() {
        return process.exitValue();
    }

    /** Returns the line with the result, or nothing. */
    String result() {
        return text(out)
                .lines()
                .filter(l -> l.startsWith("RESULT "))
                .findFirst()
                .orElse("none");
    }

    /** Returns the steps that its result names. */
    int steps() {
        return Integer.parseInt(result().split(" ")[1]);
    }

    /** Returns the steps of its checkpoints in the order in which they were committed. */
    List<Long> committed() {
        return numbers("checkpoint-([0-9]+) committed");
    }

    /** Returns the epochs in its lines of committed checkpoints. */
    List<String> epochs() {
        return text(err)
                .lines()
                .filter(l -> l.contains(" committed "))
                .map(l -> l.replaceAll(".*checkpoint-", "").replaceAll(" committed epoch ([0-9.]+),.*", ": $1"))
                .map(l -> l.replaceAll(" committed .*", ": none"))
                .toList();
    }

    private long lastCommitted() {
        List<Long> all = committed();
        return all.isEmpty() ? -1 : all.get(all.size() - 1);
    }

    /** Returns the step that it went on from. */
    OptionalLong resumed() {
        return numbers("resumed checkpoint-([0-9]+) at").stream()
                .mapToLong(n -> n)
                .findFirst();
    }

    private List<Long> numbers(String pattern) {
        List<Long> found = new ArrayList<>();
        Matcher matcher = Pattern.compile(pattern).matcher(text(err));
        while (matcher.find()) {
            found.add(Long.parseLong(matcher.group(1)));
        }
        return found;
    }

    String errors() {
        return text(err);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return "\n" + text(out) + text(err);
    }
}
