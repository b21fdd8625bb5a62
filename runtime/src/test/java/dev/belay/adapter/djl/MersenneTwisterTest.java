package dev.belay.adapter.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.state.Unsupported;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MersenneTwisterTest {

    private static final int SIZE = MersenneTwister.WORDS + 1;

    /** Two generators as C++ seeds them; 5489 is what one is seeded with where no seed is given. */
    private static long[] seeded() {
        long[] words = new long[2 * SIZE];
        for (int start : new int[] {0, SIZE}) {
            int word = 5489 + start;
            for (int i = 0; i < MersenneTwister.WORDS; i++) {
                words[start + i] = Integer.toUnsignedLong(word);
                word = 1_812_433_253 * (word ^ (word >>> 30)) + i + 1;
            }
            words[start + MersenneTwister.WORDS] = MersenneTwister.WORDS;
        }
        return words;
    }

    @Test
    void a_seeded_state_is_known() {
        assertThat(Arrays.copyOf(seeded(), 3)).containsExactly(5489, 1301868182, 2938499221L);
        assertThat(MersenneTwister.isSeeded(seeded())).isTrue();
        assertThatCode(() -> MersenneTwister.check(seeded())).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "5, 1", "623, -1", "624, 1", "625, 1", "1249, -1"})
    void one_other_word_is_seen(int at, int by) {
        long[] words = seeded();
        words[at] += by;
        assertThat(MersenneTwister.isSeeded(words)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"7, 4294967296", "7, -1", "624, 625", "1249, -1"})
    void what_cannot_be_a_state_is_refused(int at, long word) {
        long[] words = seeded();
        words[at] = word;
        assertRefused(words);
    }

    @Test
    void zeros_are_refused() {
        assertRefused(new long[SIZE]);
        assertThat(MersenneTwister.isSeeded(new long[SIZE])).isFalse();
        assertThat(MersenneTwister.isSeeded(new long[0])).isFalse();
    }

    private static void assertRefused(long[] words) {
        assertThatThrownBy(() -> MersenneTwister.check(words))
                .isInstanceOf(Unsupported.class)
                .hasMessage("MXNet generator: its state is not laid out as in MXNet 1.9.1; use that version");
    }
}
