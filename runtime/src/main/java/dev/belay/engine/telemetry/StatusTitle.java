package dev.belay.engine.telemetry;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * How far the training is, in the title of the terminal that stderr is. Not in its text: whatever is drawn there and not
 * wiped out again before the program's next word stands among the program's lines, and what a terminal is told to keep
 * for itself (a scroll region) outlives a kill. A title is beside the text, moves no cursor, and is the shell's again at
 * the next prompt. Each change is one write of few bytes, which a terminal takes as a whole.
 */
public final class StatusTitle {

    private static final Path STDERR = Path.of("/proc/self/fd/2");
    private static final String TERMINAL = "/dev/(pts/|tty|console).*";
    /** Terminals without a title. */
    private static final Set<String> PLAIN = Set.of("", "dumb", "linux", "unknown", "vt100", "vt220");

    private static final String KEEP = "\u001b[22;2t";
    private static final String RESTORE = "\u001b[23;2t";
    private static final String BEGIN = "\u001b]2;";
    private static final String END = "\u0007";
    /** A stream's buffer is no smaller: what is longer may be written in two parts. */
    private static final int LONGEST = 120;

    private static final double NANOS_PER_SECOND = 1e9;

    private final Telemetry telemetry;
    private final PrintStream out;
    private final LongSupplier clock;
    private long shownNanos;
    private long shownStep;
    private boolean kept;
    private boolean over;

    /** @param clock monotonic, in ns */
    StatusTitle(Telemetry telemetry, PrintStream out, LongSupplier clock) {
        this.telemetry = telemetry;
        this.out = out;
        this.clock = clock;
    }

    /** Returns the title of the terminal that stderr is; empty if it is none, or one without a title. */
    public static Optional<StatusTitle> of(Telemetry telemetry, PrintStream stderr, Map<String, String> environment) {
        boolean titled = !PLAIN.contains(environment.getOrDefault("TERM", ""));
        return titled && isTerminal()
                ? Optional.of(new StatusTitle(telemetry, stderr, System::nanoTime))
                : Optional.empty();
    }

    /** {@link System#console} tells of stdin and stdout, and not of stderr. */
    private static boolean isTerminal() {
        try {
            return Files.readSymbolicLink(STDERR).toString().matches(TERMINAL);
        } catch (IOException e) {
            return false; // no /proc: another system than Linux
        }
    }

    /** Shows how far the training is. */
    public synchronized void show() {
        if (over) {
            return;
        }
        long now = clock.getAsLong();
        long step = telemetry.step();
        double seconds = (now - shownNanos) / NANOS_PER_SECOND;
        String speed = shownStep > 0 && step > shownStep
                ? String.format(Locale.ROOT, ", %.1f steps/s", (step - shownStep) / seconds)
                : "";
        String saved = telemetry
                .savedStep()
                .map(s -> telemetry.inFlight() ? ", saving" : ", saved " + s)
                .orElse("");
        shownNanos = now;
        shownStep = step;
        write((kept ? "" : KEEP) + BEGIN + "belay: step " + step + speed + saved + END);
        kept = true;
    }

    /** Gives the terminal the title that it had, for good. */
    public synchronized void restore() {
        if (kept) {
            write(RESTORE);
        }
        kept = false;
        over = true;
    }

    private void write(String sequence) {
        byte[] bytes = sequence.getBytes(StandardCharsets.US_ASCII);
        if (bytes.length <= LONGEST) {
            out.write(bytes, 0, bytes.length);
            out.flush();
        }
    }
}
