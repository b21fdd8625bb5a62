package dev.belay.adapter.djl;

import dev.belay.state.Unsupported;

/** Generators of the GNU C++ library's {@code std::mt19937}, one after the other: 624 words and a position, 8 bytes each. */
final class MersenneTwister {

    static final int WORDS = 624;

    private static final long MASK = 0xffff_ffffL;
    private static final long SEEDING = 1_812_433_253L;

    private MersenneTwister() {}

    /** Refuses what cannot be the state of generators. */
    static void check(long[] words) {
        for (int start = 0; start < words.length; start += WORDS + 1) {
            long ones = 0;
            for (int i = 0; i < WORDS; i++) {
                ones |= words[start + i];
            }
            long position = words[start + WORDS];
            if (ones <= 0 || ones > MASK || position < 0 || position > WORDS) {
                throw otherLayout();
            }
        }
    }

    static Unsupported otherLayout() {
        return new Unsupported("MXNet generator", "its state is not laid out as in MXNet 1.9.1; use that version");
    }

    /** Returns whether each has been seeded with a number, and not been drawn from since. */
    static boolean isSeeded(long[] words) {
        for (int start = 0; start < words.length; start += WORDS + 1) {
            if (words[start] < 0 || words[start] > MASK || words[start + WORDS] != WORDS) {
                return false;
            }
            for (int i = 1; i < WORDS; i++) {
                long before = words[start + i - 1];
                if (words[start + i] != ((SEEDING * (before ^ before >>> 30) + i) & MASK)) {
                    return false;
                }
            }
        }
        return words.length > 0;
    }
}
