package dev.belay.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import program.Kinds.Box;

/** Which arrays did not change, under any limit of memory; and that what is written is what the arrays held. */
class ConstantArraysTest {

    private static final String DATA = "data.safetensors";

    @TempDir
    Path directory;

    private static Snapshot capture(Staging staging, Object... locals) {
        HeapCapture capture = new HeapCapture(Checkpoints.policy(), staging, TensorFile.MODEL);
        int[] numbers = new int[locals.length];
        List<String> names = new ArrayList<>();
        for (int i = 0; i < locals.length; i++) {
            names.add("local" + i);
            numbers[i] = capture.local("Test.run/local" + i, locals[i]);
        }
        capture.frame(new FrameImage("a/Test#run()V", "hash", 0, 1, names, numbers, List.of()));
        return capture.finish();
    }

    private static List<String> in(TensorFile file, Snapshot snapshot) {
        return snapshot.tensors().stream()
                .filter(t -> t.file() == file)
                .map(t -> t.name().replace("Test.run/local", ""))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1 << 20, 1 << 30})
    void an_array_that_is_the_same_at_the_second_sight_is_constant(long limit) {
        Staging staging = new Staging(OptionalLong.of(limit));
        double[] constant = new double[20_000];
        double[] changing = new double[20_000];
        double[] small = new double[100];
        for (int i = 0; i < 5; i++) {
            changing[i * 1000] = -0.0;
            Snapshot snapshot = capture(staging, constant, changing, small);
            assertThat(in(TensorFile.DATA, snapshot)).isEqualTo(i == 0 ? List.of() : List.of("0"));
            assertThat(in(TensorFile.MODEL, snapshot)).contains("1", "2");
        }
    }

    @Test
    void arrays_that_were_constant_before_this_process_are_so_at_the_first_sight() {
        Staging staging = new Staging();
        staging.expectConstant(Set.of("Test.run/local1"));
        Snapshot snapshot = capture(staging, new double[20_000], new double[20_000]);
        assertThat(in(TensorFile.DATA, snapshot)).containsExactly("1");
        assertThat(in(TensorFile.MODEL, snapshot)).containsExactly("0");
    }

    @Test
    void each_time_that_a_constant_array_changes_it_takes_longer_to_be_constant_again() {
        Staging staging = new Staging();
        double[] array = new double[20_000];
        int rewritten = 0;
        boolean before = false;
        for (int capture = 0; capture < 300; capture++) {
            array[3] += capture % 25 == 24 ? 1 : 0;
            boolean now = in(TensorFile.DATA, capture(staging, array)).contains("0");
            rewritten += now == before ? 0 : 1;
            before = now;
        }
        assertThat(rewritten).isBetween(3, 7);
    }

    @Test
    void the_edition_is_the_same_as_long_as_every_byte_is() {
        Staging staging = new Staging();
        double[] one = new double[20_000];
        float[][] two = new float[200][100];
        capture(staging, one, two);
        Object first = capture(staging, one, two).edition(DATA).orElseThrow();
        assertThat(capture(staging, one, two).edition(DATA)).contains(first);
        assertThat(capture(staging, one, two).edition("model.safetensors")).isEmpty();
        two[199][99] = -0f;
        assertThat(capture(staging, one, two).edition(DATA)).isPresent().get().isNotEqualTo(first);
        two[199][99] = 0f;
        for (int i = 0; i < 10; i++) {
            assertThat(capture(staging, one, two).edition(DATA))
                    .as("back to the same bytes, but through others")
                    .isPresent()
                    .get()
                    .isNotEqualTo(first);
        }
    }

    @Test
    void arrays_without_a_copy_are_of_an_unknown_edition_each_time() {
        Staging staging = new Staging(OptionalLong.of(0));
        double[] one = new double[20_000];
        capture(staging, one);
        Object first = capture(staging, one).edition(DATA).orElseThrow();
        assertThat(capture(staging, one).edition(DATA)).isPresent().get().isNotEqualTo(first);
    }

    @Test
    void the_order_in_which_arrays_are_met_does_not_matter() {
        Staging staging = new Staging();
        Object one = filled(double.class, 9000, new Random(1));
        Object two = filled(double.class, 9000, new Random(2));
        List<Object> editions = new ArrayList<>();
        for (boolean swapped : new boolean[] {false, false, true}) {
            HeapCapture capture = new HeapCapture(Checkpoints.policy(), staging, TensorFile.MODEL);
            capture.local(swapped ? "two" : "one", swapped ? two : one);
            capture.local(swapped ? "one" : "two", swapped ? one : two);
            editions.add(capture.finish().edition(DATA).orElse("none"));
        }
        assertThat(editions.get(1)).isEqualTo(editions.get(2)).isNotEqualTo("none");
    }

    @Test
    void rows_that_change_places_do_not_change_their_tensor() throws IOException {
        Staging staging = new Staging();
        double[][] rows = rows(new Random(3));
        capture(staging, (Object) rows);
        Object edition = capture(staging, (Object) rows).edition(DATA).orElseThrow();
        Random random = new Random(4);
        for (int round = 0; round < 5; round++) {
            java.util.Collections.shuffle(Arrays.asList(rows), random);
            Snapshot snapshot = capture(staging, (Object) rows);
            assertThat(snapshot.edition(DATA)).contains(edition);
            double[][] fresh = new double[rows.length][rows[0].length];
            assertThat((double[][]) Checkpoints.restore(snapshot, (Object) fresh)[0])
                    .isDeepEqualTo(rows);
        }
        rows[7] = rows[7].clone(); // another row with the same content, in another's place: it may be written anew
        rows[3] = rows[4];
        assertThat((double[][]) Checkpoints.restore(capture(staging, (Object) rows), (Object) new double[300][50])[0])
                .isDeepEqualTo(rows);
    }

    @Test
    void samples_in_a_list_that_is_shuffled_are_constant() {
        Staging staging = new Staging();
        Random random = new Random(6);
        List<Box> samples = new ArrayList<>();
        for (int i = 0; i < ArrayCapture.MANY_OF_A_FIELD; i++) {
            samples.add(new Box(random.doubles(40).toArray()));
        }
        capture(staging, samples);
        Object edition = capture(staging, samples).edition(DATA).orElseThrow();
        java.util.Collections.shuffle(samples, random);
        Snapshot snapshot = capture(staging, samples);
        assertThat(snapshot.edition(DATA)).contains(edition);
        List<?> restored = (List<?>) Checkpoints.restore(snapshot, new ArrayList<>())[0];
        for (int i = 0; i < samples.size(); i++) {
            assertThat((double[]) ((Box) restored.get(i)).content).isEqualTo((double[]) samples.get(i).content);
        }
        ((double[]) samples.get(9).content)[39] = 1;
        assertThat(capture(staging, samples).edition(DATA)).isEmpty();
    }

    @Test
    void after_a_resume_rows_keep_the_order_that_they_have_in_the_file() throws IOException {
        Staging staging = new Staging();
        double[][] rows = rows(new Random(3));
        capture(staging, (Object) rows);
        java.util.Collections.shuffle(Arrays.asList(rows), new Random(4));
        Checkpoints.write(capture(staging, (Object) rows), directory);

        SavedState saved = SavedState.open(directory);
        HeapRestore restore = saved.restore(Checkpoints.policy(), getClass().getClassLoader());
        double[][] fresh = new double[rows.length][rows[0].length];
        restore.resume(saved.frames().get(0), new Object[] {fresh}, java.util.Map.of());
        Staging next = new Staging();
        next.expectConstant(saved.constantArrays());
        next.expectRows(restore.rows());
        java.util.Collections.shuffle(Arrays.asList(fresh), new Random(5));
        Path second = Files.createDirectory(directory.resolve("second"));
        Checkpoints.write(capture(next, (Object) fresh), second);
        assertThat(second.resolve(DATA)).hasSameBinaryContentAs(directory.resolve(DATA));
        assertThat(second.resolve("loop.kryo")).isRegularFile();
        assertThat(Files.mismatch(second.resolve("loop.kryo"), directory.resolve("loop.kryo")))
                .as("the places of the rows")
                .isNotNegative();
    }

    private static double[][] rows(Random random) {
        double[][] rows = new double[300][];
        Arrays.setAll(rows, i -> random.doubles(50).toArray());
        return rows;
    }

    /** Random arrays of all types, some of which change, against what is in the files. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1 << 20, 3 << 20, 1L << 40})
    void what_is_written_is_what_the_arrays_hold(long limit) throws IOException {
        long seed = 99;
        Random random = new Random(seed);
        Staging staging = new Staging(OptionalLong.of(limit));
        Object[] arrays = new Object[24];
        for (int i = 0; i < arrays.length; i++) {
            Class<?> type = ArrayBytes.COMPONENTS.get(i % 8);
            arrays[i] = filled(type, 1 + random.nextInt(i < 8 ? 100 : 300_000), random);
        }
        for (int round = 0; round < 8; round++) {
            for (int i = 0; i < arrays.length; i++) {
                int kind = random.nextInt(6);
                if (kind == 0) {
                    int at = random.nextInt(Array.getLength(arrays[i]));
                    Object one = filled(arrays[i].getClass().getComponentType(), 1, random);
                    System.arraycopy(one, 0, arrays[i], at, 1);
                } else if (kind == 1) {
                    arrays[i] = ArrayBytes.copy(arrays[i]);
                } else if (kind == 2 && round % 3 == 2) {
                    Class<?> type = arrays[i].getClass().getComponentType();
                    arrays[i] = filled(type, 1 + random.nextInt(300_000), random);
                }
            }
            String what = "seed " + seed + ", limit " + limit + ", round " + round;
            Snapshot snapshot = capture(staging, arrays.clone());
            assertThat(staging.capacityBytes()).as(what).isLessThanOrEqualTo(limit);
            assertThat(snapshot.held() > 0).as(what).isEqualTo(limit < 1L << 40);
            Path place = Files.createDirectory(directory.resolve(limit + "-" + round));
            Checkpoints.write(snapshot, place);
            SavedState saved = SavedState.open(place);
            Object[] restored = saved.restore(Checkpoints.policy(), getClass().getClassLoader())
                    .resume(saved.frames().get(0), new Object[arrays.length], java.util.Map.of());
            for (int i = 0; i < arrays.length; i++) {
                assertThat(bytes(restored[i])).as("%s, array %d", what, i).isEqualTo(bytes(arrays[i]));
            }
        }
    }

    private static java.nio.ByteBuffer bytes(Object array) {
        Elements elements = new Elements(array.getClass().getComponentType(), List.of(array));
        java.nio.ByteBuffer all = java.nio.ByteBuffer.allocate((int) elements.bytes());
        elements.read(all);
        return all.flip();
    }

    private static Object filled(Class<?> component, int length, Random random) {
        Object array = Array.newInstance(component, length);
        java.nio.ByteBuffer raw = java.nio.ByteBuffer.allocate(length * ArrayBytes.elementSize(component));
        random.nextBytes(raw.array());
        if (component == boolean.class) {
            for (int i = 0; i < length; i++) {
                raw.put(i, (byte) (raw.get(i) & 1));
            }
        }
        ArrayBytes.copyIn(raw, array, 0, length);
        return array;
    }

    @Test
    void the_files_are_the_same_whatever_the_limit() throws IOException {
        Object[] arrays = {
            filled(double.class, 100_000, new Random(1)), filled(byte.class, 500, new Random(2)), new float[500][300]
        };
        List<Path> places = new ArrayList<>();
        for (long limit : new long[] {0, 1 << 20, 1L << 40}) {
            Staging staging = new Staging(OptionalLong.of(limit));
            capture(staging, arrays);
            Path place = Files.createDirectory(directory.resolve("limit" + limit));
            Checkpoints.write(capture(staging, arrays), place);
            places.add(place);
        }
        for (Path place : places) {
            try (Stream<Path> files = Files.list(places.get(0))) {
                for (Path file : files.toList()) {
                    assertThat(place.resolve(file.getFileName())).hasSameBinaryContentAs(file);
                }
            }
        }
    }

    @Test
    @Timeout(60)
    void the_program_waits_until_its_own_arrays_are_written() throws Exception {
        Staging staging = new Staging(OptionalLong.of(0));
        Snapshot snapshot = capture(staging, new double[20_000], new double[100]);
        assertThat(snapshot.held()).isEqualTo(160_800);
        assertThat(SnapshotFiles.names(snapshot)).containsExactly("model.safetensors", "loop.kryo");
        Thread program = new Thread(snapshot::awaitRelease);
        program.start();
        program.join(50);
        assertThat(program.isAlive()).isTrue();
        snapshot.written("loop.kryo");
        program.join(50);
        assertThat(program.isAlive()).isTrue();
        snapshot.written("model.safetensors");
        program.join();
        capture(new Staging(), new double[20_000]).awaitRelease(); // with a copy nobody waits
    }

    @Test
    void memory_of_arrays_that_are_gone_is_used_again() {
        Staging staging = new Staging();
        for (int i = 0; i < 50; i++) {
            Object[] holder = new Object[50];
            holder[i] = new double[100_000];
            Snapshot snapshot = capture(staging, (Object) holder);
            assertThat(in(TensorFile.MODEL, snapshot)).containsExactly("0[" + i + "]");
        }
        assertThat(staging.capacityBytes()).isLessThanOrEqualTo(2 * 800_000);
    }

    /** Arrays.equals takes all NaN for the same, and some comparisons 0.0 for -0.0: neither would be exact. */
    @Test
    void the_sign_of_zero_and_the_bits_of_a_nan_count() {
        double[] array = new double[10_000];
        Staging staging = new Staging();
        long before = version(capture(staging, array));
        assertThat(version(capture(staging, array))).isEqualTo(before);
        array[9_999] = -0.0;
        long zero = version(capture(staging, array));
        assertThat(zero).isNotEqualTo(before);
        array[9_999] = Double.NaN;
        long nan = version(capture(staging, array));
        array[9_999] = Double.longBitsToDouble(Double.doubleToRawLongBits(Double.NaN) ^ 1);
        assertThat(Double.isNaN(array[9_999])).isTrue();
        assertThat(version(capture(staging, array))).isNotEqualTo(nan).isNotEqualTo(zero);
        assertThat(Arrays.stream(array).limit(9_999).sum()).isZero();
    }

    private static long version(Snapshot snapshot) {
        return snapshot.tensors().get(0).version();
    }
}
