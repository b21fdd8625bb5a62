package dev.belay.state;

import static dev.belay.state.Checkpoints.capture;
import static dev.belay.state.Checkpoints.restore;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The rows of an array of arrays are one tensor, and come back as the objects that they were. */
class HeapRowsTest {

    private static final Random RANDOM = new Random(17);

    private static double[][] rows(int rows, int columns) {
        double[][] all = new double[rows][];
        Arrays.setAll(all, i -> RANDOM.doubles(columns).toArray());
        return all;
    }

    private static List<String> tensors(Snapshot snapshot) {
        return snapshot.tensors().stream()
                .map(t -> t.name() + Arrays.toString(t.shape()))
                .toList();
    }

    @Test
    void rows_are_one_tensor_and_filled_in_place() {
        double[][] saved = rows(300, 64);
        Snapshot snapshot = capture((Object) saved);
        assertThat(tensors(snapshot)).containsExactly("Test.run/local0[300, 64]");
        double[][] fresh = new double[300][64];
        double[][] held = fresh.clone();
        assertThat(restore(snapshot, (Object) fresh)[0]).isSameAs(fresh);
        for (int i = 0; i < saved.length; i++) {
            assertThat(fresh[i]).isSameAs(held[i]).isEqualTo(saved[i]).isNotSameAs(saved[i]);
        }
    }

    @Test
    void rows_of_every_type_and_of_lists_come_back() {
        float[][] floats = {
            {1, -0f}, {Float.NEGATIVE_INFINITY, 4}, {5, 6}, {7, 8}, {9, 1}, {2, 3}, {4, 5}, {6, 7}, {8, 9}
        };
        boolean[][] flags = new boolean[70][1];
        flags[69][0] = true;
        List<long[]> list = new ArrayList<>();
        for (long i = 0; i < 20; i++) {
            list.add(new long[] {i, -i});
        }
        Snapshot snapshot = capture(floats, flags, list);
        assertThat(tensors(snapshot))
                .containsExactly(
                        "Test.run/local0[9, 2]", "Test.run/local1[70, 1]", "Test.run/local2.elementData[20, 2]");
        Object[] restored = restore(snapshot, new float[9][2], new boolean[70][1], new ArrayList<>());
        assertThat((float[][]) restored[0]).isDeepEqualTo(floats);
        assertThat((boolean[][]) restored[1]).isDeepEqualTo(flags);
        assertThat((List<?>) restored[2])
                .usingElementComparator((a, b) -> Arrays.equals((long[]) a, (long[]) b) ? 0 : 1)
                .isEqualTo(list);
    }

    @Test
    void rows_of_several_lengths_absent_rows_and_a_row_twice_come_back() {
        double[][] saved = {{1, 2, 3, 4, 5}, null, {}, {6, 7, 8}, null, {9}};
        saved[4] = saved[0];
        double[][] fresh = {new double[5], {1}, {}, new double[3], new double[5], new double[2]};
        double[] first = fresh[0];
        Snapshot snapshot = capture((Object) saved);
        assertThat(tensors(snapshot)).containsExactly("Test.run/local0[9]");
        double[][] restored = (double[][]) restore(snapshot, (Object) fresh)[0];
        assertThat(restored).isSameAs(fresh).isDeepEqualTo(saved);
        assertThat(restored[0]).isSameAs(first).isSameAs(restored[4]);
    }

    /** The row in a local is met before the array that it is a row of. */
    @Test
    void rows_that_others_hold_too_stay_shared() {
        double[][] data = rows(100, 20);
        double[][] saved = data.clone();
        double[] current = saved[42];
        double[][] best = {saved[7], rows(1, 20)[0], saved[9]};
        List<double[]> order = new ArrayList<>(List.of(saved));
        java.util.Collections.shuffle(order, RANDOM);
        Snapshot snapshot = capture(current, saved, best, order);
        assertThat(tensors(snapshot)).containsExactly("Test.run/local1[100, 20]", "Test.run/local2[1, 20]");

        double[][] fresh = new double[100][20];
        double[][] freshBest = {fresh[7], new double[20], fresh[9]};
        double[][] held = fresh.clone();
        Object[] restored = restore(snapshot, fresh[42], fresh, freshBest, new ArrayList<>(List.of(fresh)));
        assertThat(restored[1]).isSameAs(fresh);
        assertThat(restored[0]).isSameAs(fresh[42]).isSameAs(held[42]);
        assertThat(freshBest[0]).isSameAs(fresh[7]).isSameAs(held[7]);
        assertThat(freshBest[2]).isSameAs(fresh[9]);
        assertThat(freshBest[1]).isEqualTo(best[1]);
        assertThat(fresh).isDeepEqualTo(saved);
        for (int i = 0; i < 100; i++) {
            int place = List.of(saved).indexOf(order.get(i));
            assertThat(((List<?>) restored[3]).get(i)).isSameAs(fresh[place]);
        }
    }

    @Test
    void rows_that_were_not_shared_before_are_shared_after_it_as_they_were_saved() {
        double[][] saved = rows(3, 30);
        double[][] other = {saved[2], saved[0]};
        double[][] fresh = new double[3][30];
        double[][] freshOther = new double[2][30];
        restore(capture(saved, other), fresh, freshOther);
        assertThat(freshOther[0]).isSameAs(fresh[2]);
        assertThat(freshOther[1]).isSameAs(fresh[0]);
        assertThat(fresh).isDeepEqualTo(saved);
    }

    /** The live row of the data set is the array of a local that was one of its own: the row is made anew. */
    @Test
    void a_live_row_that_something_else_was_saved_for_is_not_taken_for_a_row() {
        double[][] saved = rows(60, 20);
        double[] apart = RANDOM.doubles(20).toArray();
        double[][] fresh = new double[60][20];
        double[] live = fresh[5];
        Object[] restored = restore(capture(saved, apart), fresh, live);
        assertThat(restored[0]).isSameAs(fresh);
        assertThat(restored[1]).isSameAs(live).isEqualTo(apart);
        assertThat(fresh[5]).isNotSameAs(live);
        assertThat(fresh).isDeepEqualTo(saved);
    }

    @Test
    void rows_of_another_number_or_length_are_made_anew() {
        double[][] saved = rows(60, 20);
        Snapshot snapshot = capture((Object) saved);
        for (double[][] fresh : new double[][][] {new double[59][20], new double[61][20], new double[60][21], null}) {
            assertThat((double[][]) restore(snapshot, (Object) fresh)[0]).isDeepEqualTo(saved);
        }
        double[][] holes = new double[60][20];
        holes[3] = null;
        holes[4] = holes[5];
        double[] kept = holes[6];
        assertThat((double[][]) restore(snapshot, (Object) holes)[0])
                .isSameAs(holes)
                .isDeepEqualTo(saved);
        assertThat(holes[6]).isSameAs(kept);
        assertThat(holes[4]).isNotSameAs(holes[5]);
    }

    @Test
    void two_data_sets_that_share_some_rows_come_back_from_every_seed() {
        for (long seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            double[][] pool = rows(200, 12);
            double[][][] saved = new double[3][][];
            for (int m = 0; m < 3; m++) {
                saved[m] = new double[50 + random.nextInt(100)][];
                for (int i = 0; i < saved[m].length; i++) {
                    boolean common = random.nextInt(4) == 0;
                    saved[m][i] = random.nextInt(20) == 0
                            ? null
                            : common ? pool[random.nextInt(20)] : pool[20 + m * 60 + i % 60].clone();
                }
            }
            Object[] restored = restore(capture(saved[0], saved[1], saved[2], pool[3]), new Object[4]);
            java.util.IdentityHashMap<Object, Object> pairs = new java.util.IdentityHashMap<>();
            pairs.put(pool[3], restored[3]);
            for (int m = 0; m < 3; m++) {
                double[][] found = (double[][]) restored[m];
                assertThat(found).as("seed %d", seed).isDeepEqualTo(saved[m]);
                for (int i = 0; i < found.length; i++) {
                    Object before = saved[m][i] == null ? null : pairs.putIfAbsent(saved[m][i], found[i]);
                    assertThat(before == null || before == found[i])
                            .as("seed %d, matrix %d, row %d", seed, m, i)
                            .isTrue();
                }
            }
            java.util.Set<Object> distinct = java.util.Collections.newSetFromMap(new java.util.IdentityHashMap<>());
            distinct.addAll(pairs.values());
            assertThat(distinct).as("seed %d", seed).hasSize(pairs.size());
        }
    }

    @Test
    void rows_that_were_swapped_are_swapped_again() {
        double[][] saved = rows(50, 8);
        double[][] before = saved.clone();
        saved[1] = before[30];
        saved[30] = before[1];
        Snapshot snapshot = capture(saved, before);
        double[][] fresh = new double[50][8];
        double[][] freshBefore = fresh.clone();
        restore(snapshot, fresh, freshBefore);
        assertThat(fresh[1]).isSameAs(freshBefore[30]).isEqualTo(before[30]);
        assertThat(fresh[30]).isSameAs(freshBefore[1]).isEqualTo(before[1]);
    }

    /** Too large to be saved by itself, but it is saved as a row. */
    @Test
    void rows_that_a_loop_was_left_with_are_saved_as_rows() {
        double[][] data = new double[3][1 << 18];
        List<double[]> many = new ArrayList<>(List.of(rows(11_000, 2)));
        double[][] large = many.toArray(double[][]::new);
        HeapCapture capture = new HeapCapture(Checkpoints.policy(), new Staging(), TensorFile.MODEL);
        Object[] left = {data[1], data[2], 1, 2};
        assertThat(capture.passing(left)).isEqualTo(-1);
        assertThat(capture.passing(many)).isEqualTo(-1);
        capture.local("data", data);
        capture.local("large", large);
        assertThat(capture.passing(left)).isPositive();
        assertThat(capture.passing(many)).isPositive();
        assertThat(capture.passing(new Object[] {data[1], new double[1 << 18], "x", "y"}))
                .isEqualTo(-1);
        assertThat(tensors(capture.finish())).containsExactly("data[3, 262144]", "large[11000, 2]");
    }

    @Test
    void arrays_of_three_dimensions_are_tensors_of_two() {
        double[][][] saved = {rows(4, 5), rows(4, 5)};
        Snapshot snapshot = capture((Object) saved);
        assertThat(tensors(snapshot)).containsExactly("Test.run/local0[0][4, 5]", "Test.run/local0[1][4, 5]");
        double[][][] fresh = new double[2][4][5];
        restore(snapshot, (Object) fresh);
        assertThat(fresh[0]).isDeepEqualTo(saved[0]);
        assertThat(fresh[1]).isDeepEqualTo(saved[1]);
    }

    @Test
    void small_rows_stay_in_the_graph() {
        assertThat(capture((Object) new double[2][3]).tensors()).isEmpty();
    }

    @Test
    void an_array_of_several_things_is_not_one_of_rows() {
        Object[] saved = {new double[20], new float[20], "text"};
        Snapshot snapshot = capture((Object) saved);
        assertThat(tensors(snapshot)).containsExactly("Test.run/local0[0][20]", "Test.run/local0[1][20]");
    }

    @Test
    void very_many_rows_are_one_tensor() {
        double[][] saved = rows(60_000, 10);
        Snapshot snapshot = capture((Object) saved);
        assertThat(tensors(snapshot)).containsExactly("Test.run/local0[60000, 10]");
        double[][] fresh = new double[60_000][10];
        restore(snapshot, (Object) fresh);
        for (int i = 0; i < saved.length; i++) {
            if (!Arrays.equals(saved[i], fresh[i])) {
                assertThat(fresh[i]).as("row %d", i).isEqualTo(saved[i]);
            }
        }
    }
}
