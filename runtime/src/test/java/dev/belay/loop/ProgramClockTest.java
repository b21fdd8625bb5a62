package dev.belay.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The clock continues another one's times, whatever the system's are. */
class ProgramClockTest {

    /** Far beyond anything that a test takes. */
    private static final Duration DAYS = Duration.ofDays(10);

    @AfterEach
    void real() {
        ProgramClock.begin(System.nanoTime(), System.currentTimeMillis());
    }

    @Test
    void at_first_it_is_the_systems() {
        assertThat(ProgramClock.nanoTime()).isCloseTo(System.nanoTime(), within(DAYS.toNanos()));
        assertThat(ProgramClock.currentTimeMillis()).isCloseTo(System.currentTimeMillis(), within(DAYS.toMillis()));
        assertThat(ProgramClock.now()).isCloseTo(Instant.now(), within(DAYS.toDays(), ChronoUnit.DAYS));
    }

    @Test
    void it_begins_where_it_is_told_to() {
        ProgramClock.begin(-DAYS.toNanos(), 1_000);
        assertThat(ProgramClock.nanoTime()).isBetween(-DAYS.toNanos(), 0L);
        assertThat(ProgramClock.currentTimeMillis()).isBetween(1_000L, DAYS.toMillis());
        assertThat(ProgramClock.now()).isBetween(Instant.ofEpochMilli(1_000), Instant.EPOCH.plus(DAYS));
    }

    @Test
    void it_goes_on_forwards_only() {
        ProgramClock.begin(0, 0);
        ProgramClock.goOn(DAYS.toNanos(), DAYS.toMillis());
        assertThat(ProgramClock.nanoTime()).isGreaterThanOrEqualTo(DAYS.toNanos());
        assertThat(ProgramClock.currentTimeMillis()).isGreaterThanOrEqualTo(DAYS.toMillis());
        ProgramClock.goOn(5, 5);
        assertThat(ProgramClock.nanoTime()).isGreaterThanOrEqualTo(DAYS.toNanos());
        assertThat(ProgramClock.currentTimeMillis()).isGreaterThanOrEqualTo(DAYS.toMillis());
    }
}
