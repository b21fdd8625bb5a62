package dev.belay.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What goes, in small cases and in long random lives of a directory. */
class RetentionTest {

    private static final long SEED = 20261125;
    private static final int LIVES = 2_000;

    private static Committed checkpoint(long seq, long step) {
        return new Committed("checkpoint-" + step, seq, seq - 1, step, "a", "sha");
    }

    /** Returns the steps that stay after each of these was saved, one after the other. */
    private static List<Long> kept(Retention retention, long[] steps, double[] metrics) {
        List<Committed> line = new ArrayList<>();
        Map<Long, Double> values = new HashMap<>();
        for (int i = 0; i < steps.length; i++) {
            line.add(0, checkpoint(i + 1, steps[i]));
            if (metrics.length > 0) {
                values.put(i + 1L, metrics[i]);
            }
            line.removeAll(retention.surplus(line, values));
        }
        return line.stream().map(Committed::step).toList();
    }

    private static Retention best(int limit, int keepBest) {
        return new Retention(OptionalInt.of(limit), OptionalInt.empty(), keepBest, false);
    }

    @Test
    void without_more_the_newest_ones_stay() {
        long[] steps = {100, 200, 300, 400};
        assertThat(kept(Retention.ofNewest(OptionalInt.of(2)), steps, new double[0]))
                .containsExactly(400L, 300L);
        assertThat(kept(Retention.ofNewest(OptionalInt.empty()), steps, new double[0]))
                .containsExactly(400L, 300L, 200L, 100L);
    }

    @Test
    void the_best_counts_in_the_limit() {
        long[] steps = {100, 200, 300, 400, 500};
        double[] losses = {3, 1, 2, 4, 5};
        assertThat(kept(best(3, 1), steps, losses)).containsExactly(500L, 400L, 200L);
        assertThat(kept(best(2, 1), steps, losses)).containsExactly(500L, 200L);
    }

    @Test
    void under_a_limit_of_one_the_best_and_the_newest_stay_where_they_are_two() {
        assertThat(kept(best(1, 1), new long[] {100, 200, 300}, new double[] {3, 1, 2}))
                .containsExactly(300L, 200L);
        assertThat(kept(best(1, 1), new long[] {100, 200, 300}, new double[] {3, 2, 1}))
                .containsExactly(300L);
        assertThat(kept(Retention.ofNewest(OptionalInt.of(1)), new long[] {100, 200}, new double[0]))
                .containsExactly(200L);
    }

    @Test
    void several_of_the_best_stay_also_beyond_the_limit() {
        long[] steps = {100, 200, 300, 400, 500};
        double[] losses = {1, 2, 3, 4, 5};
        assertThat(kept(best(2, 3), steps, losses)).containsExactly(500L, 300L, 200L, 100L);
        assertThat(kept(best(4, 2), steps, losses)).containsExactly(500L, 400L, 200L, 100L);
    }

    @Test
    void of_equal_ones_the_earlier_is_the_best_and_nan_never_is() {
        long[] steps = {100, 200, 300, 400};
        assertThat(kept(best(1, 1), steps, new double[] {2, 2, 2, 2})).containsExactly(400L, 100L);
        assertThat(kept(best(1, 1), steps, new double[] {Double.NaN, 5, Double.NaN, Double.NaN}))
                .containsExactly(400L, 200L);
        assertThat(kept(best(1, 1), steps, new double[] {Double.NaN, Double.NaN, Double.NaN, Double.NaN}))
                .containsExactly(400L);
        Retention greater = new Retention(OptionalInt.of(1), OptionalInt.empty(), 1, true);
        assertThat(kept(greater, steps, new double[] {Double.NaN, 7, 9, 8})).containsExactly(400L, 300L);
        assertThat(kept(greater, steps, new double[] {-0.0, 0.0, -1, Double.NEGATIVE_INFINITY}))
                .containsExactly(400L, 100L);
    }

    @Test
    void the_first_of_each_so_many_steps_stays_for_good() {
        Retention retention = new Retention(OptionalInt.of(2), OptionalInt.of(100), 0, false);
        assertThat(kept(retention, new long[] {50, 100, 150, 200, 250, 300, 350}, new double[0]))
                .containsExactly(350L, 300L, 200L, 100L);
        assertThat(kept(retention, new long[] {90, 110, 120, 130, 260, 270, 290, 299}, new double[0]))
                .as("by time, few are at a multiple")
                .containsExactly(299L, 290L, 260L, 110L);
    }

    @Test
    void superseded_ones_neither_count_nor_go() {
        Committed aside = new Committed("superseded-100.1", 1, 0, 100, "a", "sha");
        List<Committed> line = List.of(checkpoint(3, 300), checkpoint(2, 200), aside);
        assertThat(Retention.ofNewest(OptionalInt.of(1)).surplus(line, Map.of()))
                .extracting(Committed::seq)
                .containsExactly(2L);
    }

    /** The rules, each checked by itself, after each checkpoint of a random life. */
    @Test
    void no_life_loses_what_must_stay_or_keeps_more_than_it_may() {
        System.out.println("seed " + SEED);
        Random random = new Random(SEED);
        for (int life = 0; life < LIVES; life++) {
            Retention retention = new Retention(
                    OptionalInt.of(1 + random.nextInt(4)),
                    random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(1 + random.nextInt(40)),
                    random.nextInt(4),
                    random.nextBoolean());
            live(retention, random, "life " + life + " of " + retention);
        }
    }

    private static void live(Retention retention, Random random, String what) {
        List<Committed> line = new ArrayList<>();
        List<Committed> all = new ArrayList<>();
        Map<Long, Double> metrics = new HashMap<>();
        long step = 0;
        for (long seq = 1; seq <= 30; seq++) {
            step += 1 + random.nextInt(20);
            Committed newest = checkpoint(seq, step);
            line.add(0, newest);
            all.add(newest);
            if (random.nextInt(4) > 0) {
                metrics.put(seq, random.nextInt(8) == 0 ? Double.NaN : random.nextInt(6));
            }
            List<Committed> surplus = retention.surplus(line, metrics);
            assertThat(surplus).as(what).doesNotContain(newest);
            line.removeAll(surplus);
            assertThat(line)
                    .as(what + ": the best of all times are there")
                    .containsAll(bestOf(all, retention, metrics));
            checkSize(retention, line, what);
            assertThat(retention.surplus(line, metrics))
                    .as(what + ": asked again")
                    .isEmpty();
        }
        if (retention.keepEvery().isPresent()) {
            assertThat(line)
                    .as(what)
                    .containsAll(firstOfEach(all, retention.keepEvery().getAsInt()));
        }
    }

    private static List<Committed> bestOf(List<Committed> all, Retention retention, Map<Long, Double> metrics) {
        Comparator<Committed> order = Comparator.comparingDouble(c -> metrics.get(c.seq()));
        List<Committed> measured = new ArrayList<>(all);
        measured.removeIf(c -> Double.isNaN(metrics.getOrDefault(c.seq(), Double.NaN)));
        measured.sort(retention.greaterIsBetter() ? Collections.reverseOrder(order) : order);
        return measured.subList(0, Math.min(retention.keepBest(), measured.size()));
    }

    private static List<Committed> firstOfEach(List<Committed> all, int every) {
        Set<Long> seen = new HashSet<>();
        return all.stream()
                .filter(c -> c.step() >= every && seen.add(c.step() / every))
                .toList();
    }

    /** Besides those of keep_every there are no more than the limit, or the best and the newest where these are more. */
    private static void checkSize(Retention retention, List<Committed> line, String what) {
        List<Committed> counted = new ArrayList<>(line);
        retention.keepEvery().ifPresent(every -> counted.removeAll(firstOfEach(reversed(line), every)));
        assertThat(counted)
                .as(what)
                .hasSizeLessThanOrEqualTo(Math.max(retention.limit().getAsInt(), retention.keepBest() + 1));
        assertThat(line).as(what).isNotEmpty();
    }

    private static List<Committed> reversed(List<Committed> line) {
        List<Committed> reversed = new ArrayList<>(line);
        Collections.reverse(reversed);
        return reversed;
    }
}
