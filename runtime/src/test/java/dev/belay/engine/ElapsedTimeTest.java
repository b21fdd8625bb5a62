package dev.belay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.loop.ProgramClock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A resumed program's clock begins where the first attempt's began, and goes on where the checkpoint's was. */
class ElapsedTimeTest {

    private static final long DAY_NANOS = Duration.ofDays(1).toNanos();
    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

    /** As of a machine that started a minute ago, on the second day of 1970. */
    private static final Map<String, String> SAVED =
            Map.of("clock.started", "-60000 " + DAY_MILLIS, "clock.saved", DAY_NANOS + " " + 2 * DAY_MILLIS);

    @AfterEach
    void real() {
        ProgramClock.begin(System.nanoTime(), System.currentTimeMillis());
    }

    @Test
    void the_clock_of_another_machine_is_continued() {
        ElapsedTime elapsed = new ElapsedTime(true);
        elapsed.begin(SAVED);
        assertThat(ProgramClock.nanoTime()).isBetween(-60_000L, DAY_NANOS);
        assertThat(ProgramClock.currentTimeMillis()).isBetween(DAY_MILLIS, 2 * DAY_MILLIS);

        assertThat(elapsed.goOn(SAVED)).get().asString().contains("goes on from 1970-01-03T00:00:0", "clock=real");
        assertThat(ProgramClock.nanoTime()).isBetween(DAY_NANOS, 2 * DAY_NANOS);
        assertThat(ProgramClock.currentTimeMillis()).isBetween(2 * DAY_MILLIS, 3 * DAY_MILLIS);
    }

    @Test
    void the_next_checkpoint_names_the_first_start() {
        ElapsedTime elapsed = new ElapsedTime(true);
        elapsed.begin(SAVED);
        elapsed.goOn(SAVED);
        assertThat(elapsed.notes()).containsEntry("clock.started", SAVED.get("clock.started"));
        String next = elapsed.notes().get("clock.saved");
        assertThat(Long.parseLong(next.substring(0, next.indexOf(' ')))).isBetween(DAY_NANOS, 2 * DAY_NANOS);
    }

    @Test
    void a_real_clock_stays_and_so_does_that_of_a_checkpoint_without_times() {
        ElapsedTime elapsed = new ElapsedTime(false);
        elapsed.begin(SAVED);
        assertThat(elapsed.goOn(SAVED)).isEmpty();
        ElapsedTime old = new ElapsedTime(true);
        old.begin(Map.of());
        assertThat(old.goOn(Map.of())).isEmpty();
        assertThat(ProgramClock.currentTimeMillis()).isGreaterThan(3 * DAY_MILLIS);
    }
}
