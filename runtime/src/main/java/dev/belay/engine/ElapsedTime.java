package dev.belay.engine;

import dev.belay.loop.ProgramClock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/** Keeps the program's clock through kills: its times at the first start and at the checkpoint are notes of the checkpoint. */
final class ElapsedTime {

    private static final String STARTED = "clock.started";
    private static final String SAVED = "clock.saved";

    /** Readings of {@link System#nanoTime} and {@link System#currentTimeMillis}. */
    private record Reading(long nanos, long millis) {

        static Reading now() {
            return new Reading(ProgramClock.nanoTime(), ProgramClock.currentTimeMillis());
        }

        static Reading of(String text) {
            int space = text.indexOf(' ');
            return new Reading(Long.parseLong(text.substring(0, space)), Long.parseLong(text.substring(space + 1)));
        }

        String text() {
            return nanos + " " + millis;
        }
    }

    private static final Duration START_UP = Duration.ofMinutes(10);

    private final boolean continues;
    private Reading started = Reading.now();
    private Reading startedBefore = started;

    /** @param continues whether the clock leaves out the time between a checkpoint and its resume */
    ElapsedTime(boolean continues) {
        this.continues = continues;
    }

    /** The program is about to start, to go on from a checkpoint with these notes. */
    void begin(Map<String, String> saved) {
        if (saved.containsKey(STARTED)) {
            startedBefore = Reading.of(saved.get(STARTED));
        }
        if (continues && saved.containsKey(STARTED)) { // checkpoints of before this was built have none
            started = Reading.of(saved.get(STARTED));
            ProgramClock.begin(started.nanos(), started.millis());
        }
    }

    /** The saved position is reached; returns what to tell the user, or nothing. */
    Optional<String> goOn(Map<String, String> saved) {
        if (!continues || !saved.containsKey(SAVED)) {
            return Optional.empty();
        }
        Reading reading = Reading.of(saved.get(SAVED));
        ProgramClock.goOn(reading.nanos(), reading.millis());
        Duration left = Duration.ofMillis(System.currentTimeMillis() - ProgramClock.currentTimeMillis());
        Instant shown = Instant.ofEpochMilli(ProgramClock.currentTimeMillis()).truncatedTo(ChronoUnit.SECONDS);
        return Optional.of("the program's clock goes on from " + shown + ": the " + left.toSeconds()
                + " s since are in no elapsed time that it measures (clock=real counts them)");
    }

    /** Returns whether a value that two attempts differ in is a reading of the clock at their start: no argument decides it. */
    boolean isTime(Object value, String before) {
        if (!(value instanceof Long time) || before == null || !before.matches("-?\\d{1,18}")) {
            return false;
        }
        Reading now = Reading.now();
        long was = Long.parseLong(before);
        long nanos = START_UP.toNanos();
        long millis = START_UP.toMillis();
        return isBetween(time, now.nanos() - nanos, now.nanos())
                        && isBetween(was, startedBefore.nanos() - nanos, startedBefore.nanos() + nanos)
                || isBetween(time, now.millis() - millis, now.millis())
                        && isBetween(was, startedBefore.millis() - millis, startedBefore.millis() + millis);
    }

    private static boolean isBetween(long value, long least, long most) {
        return least <= value && value <= most;
    }

    Map<String, String> notes() {
        return Map.of(STARTED, started.text(), SAVED, Reading.now().text());
    }
}
