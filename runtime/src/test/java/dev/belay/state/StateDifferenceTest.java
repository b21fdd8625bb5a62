package dev.belay.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Differences of object graphs are named by the way to them; the numbers of nodes and where arrays lie are none. */
class StateDifferenceTest {

    @TempDir
    private Path directory;

    private int saved;

    private Path saved(Object... locals) throws IOException {
        Path checkpoint = Files.createDirectory(directory.resolve("checkpoint-" + saved++));
        Checkpoints.write(Checkpoints.capture(locals), checkpoint);
        return checkpoint;
    }

    private StateDifference difference(Object[] first, Object[] second) throws IOException {
        return StateDifference.of(saved(first), saved(second));
    }

    private static Object[] locals(Object... locals) {
        return locals;
    }

    private void assertDifference(Object first, Object second, String path, String one, String other)
            throws IOException {
        StateDifference d = difference(locals(first), locals(second));
        assertThat(d.none()).isFalse();
        assertThat(d.objects()).containsExactly(new StateDifference.Place(path, one, other));
        assertThat(d.objectCount()).isEqualTo(1);
    }

    private static Object[] rich(long seed) {
        Random random = new Random(seed);
        Map<String, List<double[]>> map = new HashMap<>();
        for (int i = 0; i < 20; i++) {
            map.put("key" + i, new ArrayList<>(List.of(new double[] {random.nextDouble()})));
        }
        return locals(map, random, new float[5_000], new double[3][600], "text", 7L, Set.of("b", "a", "c"), null);
    }

    @Test
    void equal_states_are_none() throws IOException {
        StateDifference d = difference(rich(3), rich(3));
        assertThat(d.none()).as("%s", d).isTrue();
        assertThat(d.tensorsInBoth()).isEqualTo(2);
    }

    @Test
    void another_seed_is_seen_in_the_generator_and_in_all_it_has_made() throws IOException {
        StateDifference d = difference(rich(3), rich(4));
        assertThat(d.none()).isFalse();
        assertThat(d.objectCount()).isEqualTo(21);
        assertThat(d.objects()).anySatisfy(p -> assertThat(p.path()).matches("a\\.Test\\.run/local1\\.seed\\.value"));
    }

    @Test
    void fields_elements_and_nulls_are_named() throws IOException {
        assertDifference(new int[] {1, 2}, new int[] {1, 3}, "a.Test.run/local0[1]", "2", "3");
        assertDifference("x", "y", "a.Test.run/local0", "\"x\"", "\"y\"");
        assertDifference(null, 5, "a.Test.run/local0", "null", "5");
        assertDifference(
                new Object[] {"x", new Object[] {1.5}},
                new Object[] {"x", new Object[] {2.5}},
                "a.Test.run/local0[1][0]",
                "1.5",
                "2.5");
        assertDifference(new int[1], new long[1], "a.Test.run/local0", "int[1]", "long[1]");
    }

    @Test
    void sharing_is_state() throws IOException {
        int[] shared = {1};
        StateDifference d = difference(locals(shared, shared), locals(new int[] {1}, new int[] {1}));
        assertThat(d.objects())
                .containsExactly(new StateDifference.Place(
                        "a.Test.run/local1", "the same object as a.Test.run/local0", "another one"));
        assertThat(difference(locals(new int[] {1}, new int[] {1}), locals(shared, shared))
                        .none())
                .isFalse();
    }

    @Test
    void cycles_and_long_chains_end() throws IOException {
        Object[] one = new Object[1];
        one[0] = one;
        Object[] other = new Object[1];
        other[0] = other;
        assertThat(difference(locals((Object) one), locals((Object) other)).none())
                .isTrue();
        LinkedList<Integer> list = new LinkedList<>();
        LinkedList<Integer> longer = new LinkedList<>();
        for (int i = 0; i < 3_000; i++) {
            list.add(i);
            longer.add(i == 1_500 ? -1 : i);
        }
        StateDifference d = difference(locals(list), locals(longer));
        assertThat(d.objectCount()).isEqualTo(1);
        assertThat(d.objects().get(0).path()).hasSizeLessThan(400).startsWith("a.Test.run/local0…");
    }

    @Test
    void tensors_that_only_one_has_are_told_by_name() throws IOException {
        StateDifference d = difference(locals((Object) new float[5_000]), locals((Object) new float[1]));
        assertThat(d.onlyInFirst()).containsExactly("Test.run/local0");
        assertThat(d.onlyInSecond()).isEmpty();
        assertThat(d.none()).isFalse();
    }

    @Test
    void one_bit_of_a_large_array_is_a_tensors_difference() throws IOException {
        float[] changed = new float[5_000];
        changed[17] = Float.MIN_VALUE;
        StateDifference d = difference(locals((Object) new float[5_000]), locals((Object) changed));
        assertThat(d.objects()).isEmpty();
        assertThat(d.tensors()).singleElement().satisfies(t -> {
            assertThat(t.name()).isEqualTo("Test.run/local0");
            assertThat(t.different()).isEqualTo(1);
            assertThat(t.maxUlps()).isEqualTo(1);
        });
    }

    @Test
    void many_differences_are_counted_and_the_first_are_kept() throws IOException {
        Object[] one = new Object[1_000];
        Object[] other = new Object[1_000];
        for (int i = 0; i < one.length; i++) {
            one[i] = i;
            other[i] = -i - 1;
        }
        StateDifference d = difference(locals((Object) one), locals((Object) other));
        assertThat(d.objectCount()).isEqualTo(1_000);
        assertThat(d.objects()).hasSize(200);
    }

    @Test
    void generators_that_each_jvm_seeds_anew_are_set_apart() throws IOException {
        List<Path> saved = new ArrayList<>();
        for (long seed : new long[] {3, 4}) {
            HeapCapture capture = new HeapCapture(Checkpoints.policy(), new Staging(), TensorFile.MODEL);
            capture.root("java.lang.Math.random", new Random(seed));
            capture.root("mine", new Random(5));
            capture.sink().value("java.lang.Thread.threadLocalRandomSeed", seed);
            Path checkpoint = Files.createDirectory(directory.resolve("seed" + seed));
            Checkpoints.write(capture.finish(), checkpoint);
            saved.add(checkpoint);
        }
        StateDifference d = StateDifference.of(saved.get(0), saved.get(1));
        assertThat(d.none()).isTrue();
        assertThat(d.unseeded())
                .extracting(StateDifference.Place::path)
                .containsExactly("java.lang.Math.random.seed.value", "java.lang.Thread.threadLocalRandomSeed");
    }
}
