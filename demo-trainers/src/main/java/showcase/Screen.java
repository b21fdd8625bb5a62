package showcase;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Lines on the terminal, and below them one that changes while the demo works; elsewhere a line now and then. */
final class Screen {

    private static final Duration TERMINAL_PAUSE = Duration.ofMillis(100);
    private static final Duration FILE_PAUSE = Duration.ofSeconds(10);
    private static final String CLEAR_LINE = "\r\033[K";

    private final PrintStream out;
    private final boolean terminal;
    private final long start = System.nanoTime();
    private Duration nextProgress;

    Screen(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
        this.nextProgress = pause();
    }

    /** Prints a line that stays. */
    void say(String line) {
        out.println(terminal ? CLEAR_LINE + line : line);
    }

    /** Shows how far the work is, if the last time was long enough ago. */
    void progress(String state) {
        Duration now = elapsed();
        if (now.compareTo(nextProgress) >= 0) {
            nextProgress = now.plus(pause());
            String line = String.format(Locale.ROOT, "  %5.1f s  %s", now.toMillis() / 1e3, state);
            if (terminal) {
                out.print(CLEAR_LINE + line);
                out.flush();
            } else {
                out.println(line);
            }
        }
    }

    /** Returns the time since the demo's start. */
    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private Duration pause() {
        return terminal ? TERMINAL_PAUSE : FILE_PAUSE;
    }
}
