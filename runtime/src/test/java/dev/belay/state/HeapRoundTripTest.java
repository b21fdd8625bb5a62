package dev.belay.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import program.Model;
import program.Model.Best;
import program.Model.Phase;

/** Locals are captured, go through the wire format and are put back into a fresh program's objects. */
class HeapRoundTripTest {

    private static Snapshot capture(Object... locals) {
        HeapCapture capture = new HeapCapture(policy(), new Staging(), TensorFile.MODEL);
        int[] numbers = new int[locals.length];
        List<String> names = new ArrayList<>();
        for (int i = 0; i < locals.length; i++) {
            names.add("local" + i);
            numbers[i] = capture.local("Test.run/local" + i, locals[i]);
        }
        capture.frame(new FrameImage("a/Test#run()V", "hash", 0, 1, names, numbers, List.of()));
        return capture.finish();
    }

    private static ObjectPolicy policy() {
        return new ObjectPolicy(List.of(), List.of(), List::of);
    }

    private static Object[] resume(Snapshot saved, Object... fresh) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        HeapImage image;
        try {
            HeapCodec.write(saved.image(), bytes);
            image = HeapCodec.read(new ByteArrayInputStream(bytes.toByteArray()), bytes.size());
        } catch (java.io.IOException e) {
            throw new AssertionError("memory has no errors", e);
        }
        HeapRestore restore = new HeapRestore(
                image,
                policy(),
                HeapRoundTripTest.class.getClassLoader(),
                (name, targets) -> targets.forEach(t -> fill(saved, name, t.array())));
        return restore.resume(image.frames().get(0), fresh, Map.of());
    }

    private static void fill(Snapshot saved, String name, Object array) {
        StagedTensor tensor = saved.tensors().stream()
                .filter(t -> t.name().equals(name))
                .findFirst()
                .orElseThrow();
        int size = ArrayBytes.elementSize(array.getClass().getComponentType());
        int at = 0;
        for (java.nio.ByteBuffer piece : tensor.bytes()) {
            ArrayBytes.copyIn(piece.duplicate(), array, at, piece.capacity() / size);
            at += piece.capacity() / size;
        }
    }

    @Test
    void fills_live_objects_in_place_and_keeps_aliases() {
        Model saved = new Model();
        saved.weights[3] = 1.5;
        saved.phase = Phase.MAIN;
        saved.next = saved;
        Model fresh = new Model();
        double[] held = fresh.weights;
        Object[] locals = resume(capture(saved, 7, "x", null), fresh, 0, "y", "z");
        assertThat(locals).containsExactly(fresh, 7, "x", null);
        assertThat(fresh.weights).isSameAs(held).isSameAs(fresh.alias).isEqualTo(saved.weights);
        assertThat(fresh.phase).isEqualTo(Phase.MAIN);
        assertThat(fresh.next).isSameAs(fresh);
    }

    @Test
    void a_signalling_difference_is_seen_by_the_comparison() {
        Model saved = new Model();
        saved.weights[99] = Math.nextUp(1.0);
        Model fresh = new Model();
        resume(capture(saved), fresh);
        assertThat(Double.doubleToRawLongBits(fresh.weights[99])).isNotEqualTo(Double.doubleToRawLongBits(1.0));
        assertThat(Double.doubleToRawLongBits(fresh.weights[99]))
                .isEqualTo(Double.doubleToRawLongBits(saved.weights[99]));
    }

    @Test
    void generators_go_on_from_the_same_draw() {
        Random random = new Random(1);
        random.nextGaussian();
        SplittableRandom splittable = new SplittableRandom(2);
        splittable.nextInt();
        Snapshot saved = capture(random, splittable, new AtomicLong(5));
        double gaussian = random.nextGaussian();
        long split = splittable.nextLong();
        Object[] locals = resume(saved, new Random(9), new SplittableRandom(9), new AtomicLong());
        assertThat(((Random) locals[0]).nextGaussian()).isEqualTo(gaussian);
        assertThat(((SplittableRandom) locals[1]).nextLong()).isEqualTo(split);
        assertThat(((AtomicLong) locals[2]).get()).isEqualTo(5);
    }

    @Test
    void collections_of_the_jdk_come_back_with_their_order() {
        List<Integer> list = new ArrayList<>(List.of(3, 1, 2));
        Map<String, Integer> map = new HashMap<>();
        for (int i = 0; i < 50; i++) {
            map.put("k" + i * 37, i);
        }
        Map<Phase, String> byPhase = new EnumMap<>(Map.of(Phase.MAIN, "m"));
        ArrayDeque<Double> window = new ArrayDeque<>(List.of(1.0, 2.0));
        PriorityQueue<Integer> queue = new PriorityQueue<>(list);
        TreeMap<String, Integer> sorted = new TreeMap<>(map);
        Object[] locals = resume(
                capture(list, map, byPhase, window, queue, sorted, Set.of("a", "b", "c"), List.of(1, 2)),
                new ArrayList<>(),
                new HashMap<>(),
                new EnumMap<>(Phase.class),
                new ArrayDeque<>(),
                new PriorityQueue<>(),
                new TreeMap<>(),
                Set.of("a", "b", "c"),
                List.of());
        assertThat(locals[0]).isEqualTo(list);
        assertThat(new ArrayList<>(((Map<?, ?>) locals[1]).keySet())).isEqualTo(new ArrayList<>(map.keySet()));
        assertThat(locals[2]).isEqualTo(byPhase);
        assertThat(locals[3].toString()).isEqualTo("[1.0, 2.0]");
        assertThat(((PriorityQueue<?>) locals[4]).poll()).isEqualTo(1);
        assertThat(locals[5]).isEqualTo(sorted);
        assertThat(locals[6]).isEqualTo(Set.of("a", "b", "c"));
        assertThat(locals[7]).isEqualTo(List.of(1, 2));
    }

    @Test
    void keys_that_hash_by_identity_are_found_again() {
        Object key = new Object();
        Map<Object, Integer> identity = new IdentityHashMap<>(Map.of(key, 1));
        Map<Phase, Integer> enums = new HashMap<>(Map.of(Phase.WARM, 2));
        Set<Object> set = new HashSet<>(List.of(key));
        Object[] locals = resume(
                capture(key, identity, enums, set),
                new Object(),
                new IdentityHashMap<>(),
                new HashMap<>(),
                new HashSet<>());
        assertThat(((Map<?, ?>) locals[1]).get(locals[0])).isEqualTo(1);
        assertThat(((Map<?, ?>) locals[2]).get(Phase.WARM)).isEqualTo(2);
        assertThat(((Set<?>) locals[3]).contains(locals[0])).isTrue();
    }

    @Test
    void an_iterator_goes_on_at_its_place() {
        List<String> list = new ArrayList<>(List.of("a", "b", "c"));
        Iterator<String> iterator = list.iterator();
        iterator.next();
        List<String> freshList = new ArrayList<>(List.of("a", "b", "c"));
        Object[] locals = resume(capture(list, iterator), freshList, freshList.iterator());
        assertThat(((Iterator<?>) locals[1]).next()).isEqualTo("b");
    }

    @Test
    void records_are_made_anew() {
        Object[] locals = resume(capture(new Best(4, new double[] {1, 2, 3})), new Best(0, new double[3]));
        assertThat(((Best) locals[0]).epoch()).isEqualTo(4);
        assertThat(((Best) locals[0]).weights()).containsExactly(1, 2, 3);
    }

    @Test
    void an_open_file_is_refused_by_its_path() throws java.io.IOException {
        java.nio.file.Path file = java.nio.file.Files.createTempFile("belay", ".txt");
        try (java.io.BufferedWriter writer = java.nio.file.Files.newBufferedWriter(file)) {
            Map<String, Object> holder = new HashMap<>(Map.of("out", writer));
            assertThatThrownBy(() -> capture(1, holder))
                    .isInstanceOf(Unsupported.class)
                    .hasMessageContaining("Test.run/local1");
        } finally {
            java.nio.file.Files.delete(file);
        }
    }
}
