package dev.belay.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import program.Kinds;
import program.Kinds.Box;

/** A restore over several frames, and what it does with a checkpoint that somebody made up. */
class HeapRestoreTest {

    private static FrameImage frame(String method, int... locals) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < locals.length; i++) {
            names.add("local" + i);
        }
        return new FrameImage(method, "hash", 0, 1, names, locals, List.of());
    }

    private static HeapRestore restore(HeapImage image) {
        return new HeapRestore(image, Checkpoints.policy(), HeapRestoreTest.class.getClassLoader(), (name, array) -> {
            throw new AssertionError("there is no array");
        });
    }

    /** Captures an outer frame and an inner one. */
    private static HeapRestore twoFrames(Object[] outer, Object[] inner) {
        HeapCapture capture = new HeapCapture(Checkpoints.policy(), new Staging(), TensorFile.MODEL);
        capture.frame(frame("main", numbers(capture, outer)));
        capture.frame(frame("train", numbers(capture, inner)));
        return restore(capture.finish().image());
    }

    private static int[] numbers(HeapCapture capture, Object[] locals) {
        int[] numbers = new int[locals.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = capture.local("x", locals[i]);
        }
        return numbers;
    }

    private static Object[] resume(HeapRestore restore, Object... live) {
        return restore.resume(restore.frames().get(1), live, Map.of());
    }

    private static Object[] descend(HeapRestore restore, Object... live) {
        return restore.descend(restore.frames().get(0), live, Map.of());
    }

    @Test
    void what_the_code_between_two_frames_does_is_undone() {
        int[] steps = {5};
        Box box = new Box(steps);
        HeapRestore restore = twoFrames(new Object[] {box}, new Object[] {steps, 7});
        Box fresh = new Box(new int[1]);
        Object[] outer = descend(restore, fresh);
        assertThat(((int[]) ((Box) outer[0]).content)[0]).isEqualTo(5);
        ((int[]) fresh.content)[0]++; // the code between
        Object[] inner = resume(restore, fresh.content, 0);
        assertThat((int[]) inner[0]).isSameAs(fresh.content).containsExactly(5);
        assertThat(inner[1]).isEqualTo(7);
    }

    /** An inner frame makes an object, hands it to an outer one and to a lambda: all must go on with the same. */
    @Test
    void objects_that_an_inner_frame_makes_take_the_place_of_those_that_were_missing() {
        Box box = new Box(null);
        Kinds.Node buffer = new Kinds.Node();
        buffer.value = 9;
        box.content = buffer;
        HeapRestore restore = twoFrames(new Object[] {box}, new Object[] {buffer, Kinds.reads(buffer)});
        Box fresh = new Box(null);
        descend(restore, fresh);
        assertThat(((Kinds.Node) fresh.content).value).isEqualTo(9);
        Kinds.Node made = new Kinds.Node(); // the code between
        fresh.content = made;
        Object[] inner = resume(restore, made, Kinds.reads(made));
        assertThat(inner[0]).isSameAs(made).isSameAs(fresh.content);
        assertThat(((Supplier<?>) inner[1]).get()).isEqualTo(9);
    }

    /** The outer frame holds on to its local whatever is put elsewhere in between. */
    @Test
    void a_local_of_an_outer_frame_comes_before_what_the_code_between_made() {
        Kinds.Node node = new Kinds.Node();
        node.value = 3;
        Box box = new Box(node);
        HeapRestore restore = twoFrames(new Object[] {box, node}, new Object[] {box});
        Kinds.Node freshNode = new Kinds.Node();
        Box freshBox = new Box(freshNode);
        Object[] outer = descend(restore, freshBox, freshNode);
        freshBox.content = new Kinds.Node(); // the code between
        resume(restore, freshBox);
        assertThat(outer[1]).isSameAs(freshNode).isSameAs(freshBox.content);
        assertThat(freshNode.value).isEqualTo(3);
    }

    /** A record cannot be changed: where its contents were made again in between, the two cannot both be had. */
    @Test
    void a_record_of_an_outer_frame_that_no_longer_fits_is_refused() {
        Kinds.Pair<String, Box> pair = new Kinds.Pair<>("p", new Box(1));
        HeapRestore restore = twoFrames(new Object[] {pair}, new Object[] {pair.second()});
        Object[] outer = descend(restore, (Object) null);
        assertThat(((Box) ((Kinds.Pair<?, ?>) outer[0]).second()).content).isEqualTo(1);
        assertThatThrownBy(() -> resume(restore, new Box(2)))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("local 'local0' of main");
        HeapRestore again = twoFrames(new Object[] {pair}, new Object[] {pair.second()});
        Kinds.Pair<?, ?> held = (Kinds.Pair<?, ?>) descend(again, (Object) null)[0];
        assertThat(resume(again, held.second())[0]).isSameAs(held.second());
    }

    @Test
    void a_missing_root_is_named() {
        HeapCapture capture = new HeapCapture(Checkpoints.policy(), new Staging(), TensorFile.MODEL);
        capture.frame(frame("main"));
        capture.root("djl/trainer/m", new Box(1));
        HeapRestore restore = restore(capture.finish().image());
        assertThatThrownBy(() -> restore.resume(restore.frames().get(0), new Object[0], Map.of()))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("djl/trainer/m");
    }

    /** Restores a made-up object into {@code Box.content}, or into a field of another type. */
    private static void assertRefused(Object fresh, HeapNode holder, HeapNode content, String why) {
        HeapImage image =
                new HeapImage(List.of(frame("main", 1)), List.of(holder, content), Map.of(), Map.of(), Map.of());
        HeapRestore restore = restore(image);
        assertThatThrownBy(() -> restore.resume(restore.frames().get(0), new Object[] {fresh}, Map.of()))
                .isExactlyInstanceOf(Unsupported.class)
                .hasMessageContaining(why);
        assertThat(System.getProperty("program.explosive")).isNull();
    }

    private static HeapNode box() {
        return new HeapNode.Plain("program.Kinds$Box", "content:java.lang.Object;", new long[0], new int[] {2});
    }

    private static HeapNode.Plain plain(String type) {
        return new HeapNode.Plain(type, "", new long[0], new int[0]);
    }

    @Test
    void a_file_cannot_make_what_no_capture_would_save() {
        assertRefused(new Box(null), box(), plain("java.lang.ProcessBuilder"), "none was saved as plain data");
        assertRefused(new Box(null), box(), plain("java.lang.Thread"), "none was saved as plain data");
        assertRefused(new Box(null), box(), plain("dev.belay.state.HeapCodec"), "none was saved as plain data");
        assertRefused(new Box(null), box(), plain("java.util.AbstractList"), "none was saved as plain data");
        assertRefused(new Box(null), box(), plain("no.such.Type"), "the program no longer has it");
        assertRefused(new Box(null), box(), plain("int"), "damaged or foreign");
        assertRefused(new Box(null), box(), plain("[I"), "none was saved as plain data");
        assertRefused(new Box(null), box(), new HeapNode.Rebuilt("program.Explosive", new int[0]), "cannot be rebuilt");
        assertRefused(new Box(null), box(), new HeapNode.References("program.Explosive", new int[0]), "array type");
        assertRefused(
                new Box(null),
                box(),
                new HeapNode.Constant("program.Explosive", "X", "", new long[0], new int[0]),
                "no longer has it");
        assertRefused(new Box(null), box(), new HeapNode.Text("script", "x"), "not known");
        assertRefused(new Box(null), box(), new HeapNode.Text("uuid", "x"), "it is none");
        assertRefused(new Box(null), box(), new HeapNode.Singleton("java.lang.System.out"), "does not have it");
        assertRefused(
                new Box(null),
                box(),
                new HeapNode.Immutable("java.util.ImmutableCollections$MapN", new int[] {2, 2}),
                "holds itself");
        assertRefused(
                new Box(new Kinds.Name("n")),
                new HeapNode.Plain("program.Kinds$Box", "content:java.lang.Object;", new long[0], new int[] {2}),
                new HeapNode.Immutable("java.util.ImmutableCollections$SetN", new int[] {0}),
                "with null");
        assertRefused(
                new Box(null),
                box(),
                new HeapNode.Rebuilt("java.util.concurrent.ConcurrentHashMap", new int[] {0, 0}),
                "found null");
    }

    @Test
    void a_class_that_does_not_fit_its_field_is_not_even_initialized() {
        Kinds.Node fresh = new Kinds.Node();
        HeapNode node = new HeapNode.Plain(
                "program.Kinds$Node", "value:int;next:program.Kinds$Node;", new long[] {1}, new int[] {2});
        assertRefused(fresh, node, plain("program.Explosive"), "where the program declares program.Kinds$Node");
        assertRefused(fresh, node, new HeapNode.Value("text"), "where the program declares program.Kinds$Node");
        assertRefused(
                fresh, node, new HeapNode.References("[Lprogram.Explosive;", new int[0]), "where the program declares");
        HeapNode array = new HeapNode.References("[Lprogram.Kinds$Node;", new int[] {2});
        assertRefused(new Kinds.Node[1], array, plain("program.Explosive"), "where the program declares");
    }

    @Test
    void a_key_whose_hash_code_is_the_programs_is_never_called() {
        HeapNode name = new HeapNode.Plain("program.Kinds$Name", "text:java.lang.String;", new long[0], new int[] {0});
        for (HeapNode map : List.of(
                new HeapNode.Immutable("java.util.ImmutableCollections$SetN", new int[] {2}),
                new HeapNode.Rebuilt("java.util.concurrent.ConcurrentHashMap", new int[] {2, 2}))) {
            HeapImage image =
                    new HeapImage(List.of(frame("main", 1)), List.of(map, name), Map.of(), Map.of(), Map.of());
            HeapRestore restore = restore(image);
            assertThatThrownBy(() -> restore.resume(restore.frames().get(0), new Object[1], Map.of()))
                    .isExactlyInstanceOf(Unsupported.class)
                    .hasMessageContaining("found a key of class program.Kinds$Name");
        }
    }

    @Test
    void fields_that_changed_are_refused() {
        HeapNode old = new HeapNode.Plain("program.Kinds$Box", "name:java.lang.String;", new long[0], new int[] {0});
        assertRefused(new Box(null), old, plain("java.lang.Object"), "resume with the old program");
        assertRefused(
                new Box(null),
                box(),
                new HeapNode.Plain("program.Kinds$Box", "x:int;", new long[1], new int[0]),
                "resume with the old program");
    }

    private static void assertStaticRefused(String field, HeapNode value, String why) {
        HeapImage image = new HeapImage(List.of(frame("main")), List.of(value), Map.of(field, 1), Map.of(), Map.of());
        HeapRestore restore = restore(image);
        assertThatThrownBy(() -> restore.resume(restore.frames().get(0), new Object[0], Map.of()))
                .isExactlyInstanceOf(Unsupported.class)
                .hasMessageContaining(why);
    }

    @Test
    void a_file_cannot_set_a_static_field_that_is_not_the_programs() {
        assertStaticRefused("java.lang.System.security", plain("java.lang.Object"), "not the program's");
        assertStaticRefused("dev.belay.loop.Points.flag", new HeapNode.Value(true), "not the program's");
        assertStaticRefused("program.Kinds.other", new HeapNode.Value(1), "no longer has it");
        assertStaticRefused("program.Kinds.counter", new HeapNode.Value(1L), "found java.lang.Long, expected int");
        assertStaticRefused("program.Kinds.NAMES", new HeapNode.Value("x"), "holds another object");
        assertStaticRefused("nonsense", new HeapNode.Value("x"), "class ");
    }

    @Test
    void locals_in_another_number_are_refused() {
        HeapRestore restore = twoFrames(new Object[] {1}, new Object[] {2});
        assertThatThrownBy(() -> descend(restore, 1, 2))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("found 2 locals");
    }

    /** Fields of another number, references to other nodes: whatever a file says, the JVM stays whole. */
    @Test
    void a_graph_with_other_numbers_is_restored_or_refused() {
        Map<String, Integer> map = new HashMap<>(Map.of("a", 1, "b", 2));
        Object[] locals = {
            map,
            new Box(new ArrayList<>(List.of(1, "x"))),
            new Kinds.Circle(1),
            new LinkedHashMap<>(map),
            new TreeMap<>(map)
        };
        HeapImage image = Checkpoints.capture(locals).image();
        long seed = 11;
        Random random = new Random(seed);
        int refused = 0;
        for (int round = 0; round < 3000; round++) {
            List<HeapNode> nodes = new ArrayList<>(image.nodes());
            int at = random.nextInt(nodes.size());
            if (nodes.get(at) instanceof HeapNode.Plain p) {
                nodes.set(at, changed(p, random, nodes.size()));
                HeapImage other = new HeapImage(image.frames(), nodes, Map.of(), Map.of(), Map.of());
                Object[] fresh = round % 2 == 0
                        ? new Object[locals.length]
                        : new Object[] {new HashMap<>(), new Box(null), null, new LinkedHashMap<>(map), new TreeMap<>()
                        };
                try {
                    restore(other).resume(other.frames().get(0), fresh, Map.of());
                } catch (Unsupported e) {
                    refused++;
                }
            }
        }
        assertThat(refused).as("seed %d", seed).isGreaterThan(500);
    }

    private static HeapNode changed(HeapNode.Plain p, Random random, int nodes) {
        int[] references = p.references().clone();
        if (random.nextInt(4) == 0 || references.length == 0) {
            references = Arrays.copyOf(references, random.nextInt(6));
        } else {
            references[random.nextInt(references.length)] = random.nextInt(nodes + 1);
        }
        long[] primitives = random.nextInt(4) == 0 ? new long[random.nextInt(6)] : p.primitives();
        return new HeapNode.Plain(p.type(), p.signature(), primitives, references);
    }
}
