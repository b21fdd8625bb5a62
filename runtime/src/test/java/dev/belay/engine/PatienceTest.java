package dev.belay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A snapshot waits for busy threads with pauses, and not for ever. */
class PatienceTest {

    private static final long START = Long.MAX_VALUE - 5; // nanoTime may overflow

    private final Patience patience = new Patience();

    private static long after(Duration d) {
        return START + d.toNanos();
    }

    @Test
    void at_first_nobody_is_waited_for() {
        assertThat(patience.waiting()).isFalse();
        assertThat(patience.pausing(START)).isFalse();
        assertThat(patience.exhausted(START)).isFalse();
    }

    @Test
    void it_looks_again_after_a_pause() {
        patience.busy(START);
        assertThat(patience.pausing(after(Duration.ofMillis(9)))).isTrue();
        assertThat(patience.pausing(after(Duration.ofMillis(11)))).isFalse();
    }

    @Test
    void its_end_counts_from_the_first_look_and_is_told_once() {
        patience.busy(START);
        patience.busy(after(Duration.ofMillis(1_900)));
        assertThat(patience.exhausted(after(Duration.ofMillis(1_900)))).isFalse();
        assertThat(patience.worthTelling(after(Duration.ofMillis(1_900)))).isFalse();
        assertThat(patience.exhausted(after(Duration.ofMillis(2_100)))).isTrue();
        assertThat(patience.worthTelling(after(Duration.ofMillis(2_100)))).isTrue();
        assertThat(patience.worthTelling(after(Duration.ofMillis(2_200)))).isFalse();
    }

    @Test
    void once_they_are_idle_it_begins_anew() {
        patience.busy(START);
        patience.over();
        assertThat(patience.waiting()).isFalse();
        patience.busy(after(Duration.ofSeconds(60)));
        assertThat(patience.exhausted(after(Duration.ofSeconds(61)))).isFalse();
    }
}
