package dev.belay.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** {@code loop.kryo} keeps every kind of node, older formats stay readable, and damage is never more than a refusal. */
class HeapCodecTest {

    /** Everything that format 4 can hold. To be changed only together with the format's version. */
    private static HeapImage everything() {
        HeapImage format3 = everythingOfFormat3();
        FrameImage old = format3.frames().get(0);
        FrameImage frame = new FrameImage(
                old.method(),
                old.codeHash(),
                old.point(),
                old.line(),
                old.names(),
                old.locals(),
                old.arrivals(),
                old.completed(),
                List.of(
                        new FrameImage.BodyImage(5, "a/Model#lambda$train$0(I)D", 0, new int[] {8, 31}, 9),
                        new FrameImage.BodyImage(
                                5, "a/Model#lambda$train$0(I)D", 1, new int[0], FrameImage.BodyImage.RUNNING)));
        return new HeapImage(
                List.of(frame),
                format3.nodes(),
                format3.statics(),
                format3.roots(),
                format3.values(),
                format3.identities());
    }

    /** Everything that format 3 could hold. */
    private static HeapImage everythingOfFormat3() {
        HeapImage format2 = everythingOfFormat2();
        Map<Integer, Integer> identities = new LinkedHashMap<>();
        identities.put(31, 0x7fffffff);
        identities.put(20, 1);
        return new HeapImage(
                format2.frames(), format2.nodes(), format2.statics(), format2.roots(), format2.values(), identities);
    }

    /** Everything that format 2 could hold. */
    private static HeapImage everythingOfFormat2() {
        HeapImage format1 = everythingOfFormat1();
        List<HeapNode> nodes = new ArrayList<>(format1.nodes());
        nodes.add(new HeapNode.Part("[D", 64, "Model.train/rows", 0));
        nodes.add(new HeapNode.Part("[D", 64, "Model.train/rows", 1L << 40));
        nodes.add(new HeapNode.Matrix("[[F", 60_000, 784, "Model.train/images", new int[0], new int[0]));
        nodes.add(new HeapNode.Matrix("[[I", 3, 2, "Model.train/boards", new int[] {-1, 0, 32}, new int[] {1, 0, 0}));
        return new HeapImage(format1.frames(), nodes, format1.statics(), format1.roots(), format1.values());
    }

    /** Everything that format 1 could hold. */
    private static HeapImage everythingOfFormat1() {
        List<HeapNode> nodes = new ArrayList<>();
        for (Object value : new Object[] {
            "text",
            "",
            "\u20ac\ud800",
            true,
            'c',
            (byte) -1,
            (short) -2,
            -3,
            1L << 40,
            1.5f,
            -0.0,
            Double.NaN,
            new BigInteger("-99999999999999999999"),
            new BigDecimal("0.100")
        }) {
            nodes.add(new HeapNode.Value(value));
        }
        nodes.add(new HeapNode.Text("path", "/tmp/\u20ac"));
        nodes.add(new HeapNode.Singleton("java.util.Optional.EMPTY"));
        nodes.add(new HeapNode.Constant("a.Color", "RED", "", new long[0], new int[0]));
        nodes.add(new HeapNode.Constant(
                "a.Stage", "MAIN", "hits:int;seen:java.util.List;", new long[] {3}, new int[] {1}));
        nodes.add(new HeapNode.Type("a.Model"));
        for (Object array : new Object[] {
            new byte[] {1},
            new short[] {2},
            new char[] {'3'},
            new int[] {4, -4},
            new long[] {5},
            new float[] {6.5f},
            new double[] {-7, Double.MIN_VALUE},
            new boolean[] {true, false},
            new int[0]
        }) {
            nodes.add(new HeapNode.Primitives(array.getClass().getName(), Array.getLength(array), array, null));
        }
        nodes.add(new HeapNode.Primitives("[D", 100, null, "Model.train/weights"));
        nodes.add(new HeapNode.References("[Ljava.lang.Object;", new int[] {0, 1, 20}));
        nodes.add(new HeapNode.Plain("a.Model", "lr:double;next:a.Model;", new long[] {-1}, new int[] {31}));
        nodes.add(new HeapNode.Rebuilt("java.util.IdentityHashMap", new int[] {1, 2}));
        nodes.add(new HeapNode.Immutable("java.util.ImmutableCollections$SetN", new int[] {1, 2, 3}));
        nodes.add(new HeapNode.Lambda("a.Model$$Lambda a/Model.lambda$0()V", "x:int;", new long[] {9}, new int[0]));
        nodes.add(new HeapNode.Resource("a.Trainer", "", new long[0], new int[0]));
        FrameImage frame = new FrameImage(
                "a/Model#train(I)V",
                "c0ffee",
                3,
                120,
                List.of("epoch", "this"),
                new int[] {8, 31},
                List.of(new FrameImage.ArrivalImage(2, new int[] {8, -1}, new long[] {-1, 1L << 33})),
                List.of(new FrameImage.CompletedImage(
                        4,
                        new FrameImage(
                                "a/Model#warmUp()V",
                                "decaf",
                                0,
                                0,
                                List.of(),
                                new int[0],
                                List.of(new FrameImage.ArrivalImage(1, new int[] {8}, new long[0]))))),
                List.of());
        Map<String, Integer> statics = new LinkedHashMap<>(Map.of("a.Model.counter", 8));
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("djl/trainers", "m");
        values.put("djl/parameter/p", new int[] {1, 0, 2});
        return new HeapImage(List.of(frame), nodes, statics, Map.of("java.lang.Math.random", 31), values);
    }

    private static byte[] written(HeapImage image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        HeapCodec.write(image, bytes);
        return bytes.toByteArray();
    }

    private static HeapImage read(byte[] bytes) throws IOException {
        return HeapCodec.read(new ByteArrayInputStream(bytes), bytes.length);
    }

    private static void assertSame(HeapImage found, HeapImage expected) {
        assertThat(text(found)).isEqualTo(text(expected));
    }

    /** Returns all of a record, with the classes of values and the bits of numbers. */
    private static String text(Object o) {
        if (o instanceof Record) {
            return o.getClass().getSimpleName()
                    + Stream.of(o.getClass().getRecordComponents())
                            .map(c -> text(component(o, c)))
                            .toList();
        } else if (o instanceof List<?> l) {
            return l.stream().map(HeapCodecTest::text).toList().toString();
        } else if (o instanceof Map<?, ?> m) {
            return m.entrySet().stream()
                    .map(e -> e.getKey() + "=" + text(e.getValue()))
                    .toList()
                    .toString();
        } else if (o != null && o.getClass().isArray()) {
            return o.getClass()
                    + IntStream.range(0, Array.getLength(o))
                            .mapToObj(i -> text(Array.get(o, i)))
                            .toList()
                            .toString();
        }
        return o == null ? "null" : o.getClass().getSimpleName() + ":" + o;
    }

    private static Object component(Object holder, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(holder);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(component.getName(), e);
        }
    }

    @Test
    void every_kind_of_node_comes_back() throws IOException {
        assertThat(everything().nodes().stream().map(Object::getClass).distinct())
                .containsAll(List.of(HeapNode.class.getPermittedSubclasses()).stream()
                        .map(c -> (Class<?>) c)
                        .toList());
        assertSame(read(written(everything())), everything());
    }

    /**
     * The golden files: files of these formats must stay readable for ever. That of the newest one is made again, for a
     * format that was never released only, by running this test with {@code -Dgolden.write=true}.
     */
    @Test
    void format_4_is_read_and_written_as_ever() throws IOException {
        if (Boolean.getBoolean("golden.write")) {
            Files.write(Path.of("src/test/resources/dev/belay/state/loop-4.kryo"), written(everything()));
        }
        assertSame(read(golden(HeapCodec.FORMAT_VERSION)), everything());
        assertThat(written(everything())).isEqualTo(golden(HeapCodec.FORMAT_VERSION));
    }

    @Test
    void older_formats_are_read_as_ever() throws IOException {
        assertSame(read(golden(1)), everythingOfFormat1());
        assertSame(read(golden(2)), everythingOfFormat2());
        assertSame(read(golden(3)), everythingOfFormat3());
    }

    private static byte[] golden(int format) throws IOException {
        try (InputStream in = HeapCodecTest.class.getResourceAsStream("loop-" + format + ".kryo")) {
            return in.readAllBytes();
        }
    }

    @Test
    void every_flipped_bit_is_refused() throws IOException {
        byte[] bytes = written(everything());
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] damaged = bytes.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> read(damaged))
                    .as("bit %d", bit)
                    .isExactlyInstanceOf(Unsupported.class)
                    .hasMessageContaining("loop.kryo");
        }
    }

    @Test
    void every_truncation_and_every_byte_too_many_is_refused() throws IOException {
        byte[] bytes = written(everything());
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> read(cut)).as("%d bytes", length).isExactlyInstanceOf(Unsupported.class);
        }
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
        assertThatThrownBy(() -> read(longer)).isExactlyInstanceOf(Unsupported.class);
        assertThatThrownBy(() -> HeapCodec.read(new ByteArrayInputStream(longer), bytes.length))
                .isExactlyInstanceOf(Unsupported.class);
    }

    /** Malice has a right checksum: whatever is read then is a graph, or refused, and takes no more memory than its size. */
    @Test
    void damage_under_a_right_checksum_is_read_as_a_graph_or_refused() throws IOException {
        byte[] bytes = written(everything());
        int refused = 0;
        for (int at = 8; at < bytes.length - HeapCodec.CHECKSUM_BYTES; at++) {
            for (int value : new int[] {0, 1, 0x7f, 0x80, 0xff, bytes[at] ^ 1, bytes[at] ^ 0x40}) {
                refused += refused(withByte(bytes, at, value)) ? 1 : 0;
            }
        }
        long seed = 42;
        Random random = new Random(seed);
        for (int i = 0; i < 4_000; i++) {
            byte[] damaged = bytes.clone();
            for (int n = random.nextInt(4); n >= 0; n--) {
                damaged[8 + random.nextInt(bytes.length - 16)] = (byte) random.nextInt();
            }
            refused += refused(checksummed(damaged)) ? 1 : 0;
        }
        assertThat(refused).as("seed %d", seed).isGreaterThan(3_000);
    }

    private static boolean refused(byte[] bytes) throws IOException {
        try {
            HeapImage image = read(bytes);
            for (HeapNode node : image.nodes()) {
                for (int child : HeapFill.children(node)) {
                    assertThat(child).isBetween(0, image.nodes().size());
                }
            }
            return false;
        } catch (Unsupported e) {
            return true;
        }
    }

    private static byte[] withByte(byte[] bytes, int at, int value) {
        byte[] damaged = bytes.clone();
        damaged[at] = (byte) value;
        return checksummed(damaged);
    }

    private static byte[] checksummed(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length - HeapCodec.CHECKSUM_BYTES);
        ByteBuffer.wrap(bytes).putLong(bytes.length - HeapCodec.CHECKSUM_BYTES, crc.getValue());
        return bytes;
    }

    @Test
    void a_newer_format_is_named() throws IOException {
        byte[] bytes = written(everything());
        for (byte version : new byte[] {0, HeapCodec.FORMAT_VERSION + 1, -1}) {
            bytes[4] = version;
            assertThatThrownBy(() -> read(checksummed(bytes)))
                    .isInstanceOf(Unsupported.class)
                    .hasMessageContaining("found format " + (version & 0xff) + ", expected 1 to 4");
        }
    }

    @Test
    void a_full_disk_is_an_io_error() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        assertThatThrownBy(() -> HeapCodec.write(everything(), full))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("No space left on device");
    }

    @Test
    void a_class_by_name_is_not_even_looked_for() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        WireOutput out = new WireOutput(body);
        out.writeInt(0x594c4542);
        out.writeInt(1);
        out.count(0);
        out.count(1);
        out.writeVarInt(1, true); // Kryo: a class by its name follows
        out.writeVarInt(0, true);
        out.writeString("program.Explosive");
        out.writeLong(0);
        out.flush();
        byte[] bytes = Arrays.copyOf(body.toByteArray(), body.size() + HeapCodec.CHECKSUM_BYTES);
        assertThatThrownBy(() -> read(checksummed(bytes)))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("found a class by its name");
    }
}
