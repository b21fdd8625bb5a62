package dev.belay.engine;

import java.io.PrintStream;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Belay's lines on stderr: {@code [belay 2026-11-23T16:00:01Z] INFO …}. Thread-safe. */
public final class Log {

    /** How much is said. */
    public enum Level {
        OFF,
        WARN,
        INFO,
        DEBUG
    }

    private static final int MOST = 100;

    private final PrintStream out;
    private final Clock clock;
    private final Level level;
    private final List<String> warnings = new CopyOnWriteArrayList<>();

    /** @param out the stream as it was before the program could replace it */
    public Log(PrintStream out, Clock clock, Level level) {
        this.out = out;
        this.clock = clock;
        this.level = level;
    }

    /** Returns where the lines go. */
    PrintStream stream() {
        return out;
    }

    public void debug(String message) {
        line(Level.DEBUG, "DEBUG", message);
    }

    public void info(String message) {
        line(Level.INFO, "INFO", message);
    }

    public void warn(String message) {
        if (warnings.size() < MOST) {
            warnings.add(message);
        }
        line(Level.WARN, "WARN", message);
    }

    /** Returns the first warnings, whether they were shown or not. */
    List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** Says why the process ends; never silenced. */
    public void error(String message) {
        line(Level.OFF, "ERROR", message);
    }

    private void line(Level least, String name, String message) {
        if (level.compareTo(least) >= 0) {
            out.println("[belay " + clock.instant().truncatedTo(ChronoUnit.SECONDS) + "] " + name + " " + message);
            out.flush();
        }
    }
}
