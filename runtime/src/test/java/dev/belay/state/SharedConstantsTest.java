package dev.belay.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A restarted program begins with constants that all of the JVM shares; a restore MUST NOT write to them. */
class SharedConstantsTest {

    private static Object restored(Object saved, Object live) {
        HeapCapture capture = new HeapCapture(Checkpoints.policy(), new Staging(), TensorFile.MODEL);
        int number = capture.local("x", saved);
        capture.frame(new FrameImage("main", "hash", 0, 1, List.of("x"), new int[] {number}, List.of()));
        HeapRestore restore = new HeapRestore(
                capture.finish().image(),
                Checkpoints.policy(),
                SharedConstantsTest.class.getClassLoader(),
                (name, array) -> {
                    throw new AssertionError("there is no array");
                });
        return restore.resume(restore.frames().get(0), new Object[] {live}, Map.of())[0];
    }

    @Test
    void a_constant_of_the_jdk_keeps_its_contents_where_the_saved_run_held_something_else() {
        assertThat(restored(Optional.of("saved"), Optional.empty())).isEqualTo(Optional.of("saved"));
        assertThat(Optional.empty()).isEmpty();
        assertThat(restored(Duration.ofMillis(7), Duration.ZERO)).isEqualTo(Duration.ofMillis(7));
        assertThat(Duration.ZERO).isEqualTo(Duration.ofMillis(0));
        assertThat(restored(Instant.ofEpochSecond(9), Instant.EPOCH)).isEqualTo(Instant.ofEpochSecond(9));
        assertThat(Instant.EPOCH).isEqualTo(Instant.ofEpochSecond(0));
        assertThat(restored(new MathContext(3), MathContext.UNLIMITED)).isEqualTo(new MathContext(3));
        assertThat(MathContext.UNLIMITED.getPrecision()).isZero();
        LocalTime hour = LocalTime.of(3, 0); // from the JDK's table of full hours
        assertThat(restored(LocalTime.of(4, 5), hour)).isEqualTo(LocalTime.of(4, 5));
        assertThat(hour.getHour()).isEqualTo(3);
    }

    @Test
    void a_constant_that_was_saved_is_the_constant_again() {
        assertThat(restored(Optional.empty(), Optional.of("live"))).isSameAs(Optional.empty());
        assertThat(restored(Duration.ZERO, Duration.ZERO)).isSameAs(Duration.ZERO);
    }

    @Test
    void what_nobody_shares_is_still_filled_in_place() {
        Instant live = Instant.ofEpochSecond(1);
        assertThat(restored(Instant.ofEpochSecond(2), live)).isSameAs(live);
        assertThat(live.getEpochSecond()).isEqualTo(2);
    }
}
