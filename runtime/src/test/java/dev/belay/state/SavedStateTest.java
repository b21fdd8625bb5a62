package dev.belay.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import program.Kinds.Color;

/** A checkpoint directory as adapters, the graph and people see it. */
class SavedStateTest {

    private static final long BITS = 0xc000_3c00_0001_fc00L;

    @TempDir
    private Path directory;

    private static ByteBuffer floats(float... values) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes;
    }

    /** A framework's parameters, an optimizer's slot, and a program's arrays beside them. */
    private static Snapshot framework(Object... locals) {
        HeapCapture capture = new HeapCapture(Checkpoints.policy(), new Staging(), TensorFile.DATA);
        int[] numbers = new int[locals.length];
        List<String> names = new java.util.ArrayList<>();
        for (int i = 0; i < locals.length; i++) {
            names.add("v" + i);
            numbers[i] = capture.local("Train.run/v" + i, locals[i]);
        }
        capture.frame(new FrameImage("demo/Train#run()V", "h", 1, 42, names, numbers, List.of()));
        CaptureSink sink = capture.sink();
        sink.tensor(TensorFile.MODEL, "w", "F32", new long[] {2, 2}, List.of(floats(1, -2), floats(3, Float.NaN)));
        sink.alias(TensorFile.MODEL, "tied", "w");
        sink.tensor(TensorFile.OPTIMIZER, "w.means", "F32", new long[] {2}, List.of(floats(5, 6)));
        int[] counts = {1, 2};
        sink.value("counts", counts);
        counts[0] = 99;
        return capture.finish();
    }

    @Test
    void an_adapter_gets_back_what_it_gave() throws IOException {
        Snapshot snapshot = framework();
        assertThat(SnapshotFiles.names(snapshot))
                .containsExactly("model.safetensors", "optimizer.safetensors", "loop.kryo");
        Checkpoints.write(snapshot, directory);
        SavedState saved = SavedState.open(directory);
        assertThat(saved.tensors(TensorFile.MODEL)).containsExactly("w");
        assertThat(saved.tensors(TensorFile.DATA)).isEmpty();
        assertThat(saved.shape(TensorFile.MODEL, "w")).containsExactly(2, 2);
        assertThat(saved.dtype(TensorFile.OPTIMIZER, "w.means")).isEqualTo("F32");
        ByteBuffer means = ByteBuffer.allocate(8);
        saved.read(TensorFile.OPTIMIZER, "w.means", List.of(means));
        assertThat(means.order(ByteOrder.LITTLE_ENDIAN).getFloat(4)).isEqualTo(6);
        assertThat((int[]) saved.value("counts").orElseThrow()).containsExactly(1, 2);
        assertThat(saved.keys()).containsExactly("counts");
        assertThat(saved.value("other")).isEmpty();
        assertThatThrownBy(() -> saved.shape(TensorFile.DATA, "w")).isInstanceOf(Unsupported.class);
        assertThatThrownBy(() -> saved.shape(TensorFile.MODEL, "x")).isInstanceOf(Unsupported.class);
    }

    @Test
    void arrays_of_the_program_lie_beside_a_frameworks_parameters() throws IOException {
        double[] w = new Random(1).doubles(300_000).toArray();
        Checkpoints.write(framework((Object) w), directory);
        assertThat(directory.resolve("data.safetensors")).exists();
        SavedState saved = SavedState.open(directory);
        double[] fresh = new double[w.length];
        saved.restore(Checkpoints.policy(), getClass().getClassLoader())
                .resume(saved.frames().get(0), new Object[] {fresh}, Map.of());
        assertThat(fresh).isEqualTo(w);
    }

    @Test
    void a_restore_holds_no_file_open() throws IOException {
        double[] w = new double[1000];
        Checkpoints.write(framework((Object) w), directory);
        SavedState saved = SavedState.open(directory);
        saved.restore(Checkpoints.policy(), getClass().getClassLoader())
                .resume(saved.frames().get(0), new Object[] {w}, Map.of());
        saved.read(TensorFile.MODEL, "w", List.of(ByteBuffer.allocate(16)));
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            assertThat(open.filter(fd -> pointsInto(fd, directory))).isEmpty();
        }
    }

    private static boolean pointsInto(Path descriptor, Path directory) {
        try {
            return Files.readSymbolicLink(descriptor).startsWith(directory);
        } catch (IOException e) {
            return false; // closed since it was listed
        }
    }

    @Test
    void a_graph_whose_array_is_not_there_in_full_is_refused() throws IOException {
        HeapNode array = new HeapNode.Primitives("[D", Integer.MAX_VALUE, null, "w");
        HeapImage image = new HeapImage(List.of(), List.of(array), Map.of(), Map.of(), Map.of());
        Checkpoints.write(new Snapshot(image, List.of(), Map.of(), List.of()), directory);
        assertThatThrownBy(() -> SavedState.open(directory))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("array w: no file of the checkpoint has it");
        Files.delete(directory.resolve("loop.kryo"));
        Snapshot model = framework();
        Checkpoints.write(new Snapshot(image, model.tensors(), Map.of(), List.of()), directory);
        assertThatThrownBy(() -> SavedState.open(directory))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("found F32[2, 2], expected F64[2147483647]");
    }

    @Test
    void a_graph_whose_row_lies_beyond_its_tensor_is_refused() throws IOException {
        for (HeapNode row : List.of(
                new HeapNode.Part("[F", 2, "w", 3),
                new HeapNode.Part("[F", 1, "w", Long.MAX_VALUE),
                new HeapNode.Part("[F", Integer.MAX_VALUE, "w", 0),
                new HeapNode.Part("[I", 1, "w", 0),
                new HeapNode.Matrix("[[F", 3, 2, "w", new int[0], new int[0]),
                new HeapNode.Matrix("[[F", 2, 2, "w", new int[0], new int[] {0, 2}),
                new HeapNode.Matrix("[[F", 3, 2, "w", new int[0], new int[] {0, 0, 0}),
                new HeapNode.Matrix("[[F", Integer.MAX_VALUE, 2, "w", new int[0], new int[0]),
                new HeapNode.Matrix("[[D", 2, 2, "w", new int[0], new int[0]))) {
            HeapImage image = new HeapImage(List.of(), List.of(row), Map.of(), Map.of(), Map.of());
            Path place = Files.createTempDirectory(directory, "row");
            Checkpoints.write(new Snapshot(image, framework().tensors(), Map.of(), List.of()), place);
            assertThatThrownBy(() -> SavedState.open(place))
                    .isInstanceOf(Unsupported.class)
                    .hasMessageContaining("found F32[2, 2], expected");
        }
    }

    @Test
    void a_missing_graph_is_an_io_error() {
        assertThatThrownBy(() -> SavedState.open(directory)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void a_summary_names_frames_and_tensors() throws IOException {
        Checkpoints.write(
                framework(
                        7,
                        "warm\nup " + "x".repeat(100),
                        null,
                        Color.RED,
                        new double[3][2],
                        new int[5],
                        List.of(1),
                        Path.of("/a")),
                directory);
        StateSummary summary = StateSummary.of(directory);
        assertThat(summary.frames()).singleElement().satisfies(f -> {
            assertThat(f.method()).isEqualTo("demo.Train.run");
            assertThat(f.line()).isEqualTo(42);
            assertThat(f.locals())
                    .extracting(StateSummary.Local::text)
                    .containsExactly(
                            "7",
                            "\"warm up " + "x".repeat(51) + "…\"",
                            "null",
                            "RED",
                            "double[3][]",
                            "int[5]",
                            "ImmutableCollections$List12",
                            "/a");
        });
        assertThat(summary.objects()).isGreaterThan(7);
        StateSummary.Tensors model = summary.files().get(0);
        assertThat(model.name()).isEqualTo("model.safetensors");
        assertThat(model.aliases()).isEqualTo(Map.of("tied", "w"));
        assertThat(model.tensors()).containsExactly(new StateSummary.Tensor("w", "F32", List.of(2L, 2L), 16));
        TensorStatistics w = TensorStatistics.of(directory, "model.safetensors", "w");
        assertThat(List.of(w.min(), w.max(), w.mean())).containsExactly(-2.0, 3.0, 2.0 / 3);
        assertThat(w.std()).isCloseTo(Math.sqrt(38.0 / 9), org.assertj.core.data.Offset.offset(1e-12));
        assertThat(List.of(w.elements(), w.nans() + w.infinities())).containsExactly(4L, 1L);
        assertThatThrownBy(() -> TensorStatistics.of(directory, "model.safetensors", "v"))
                .isInstanceOf(Unsupported.class);
    }

    @Test
    void statistics_know_every_type() throws IOException {
        HeapCapture capture = new HeapCapture(Checkpoints.policy(), new Staging(), TensorFile.DATA);
        ByteBuffer bits = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(BITS)
                .flip();
        String[] dtypes = {"F64", "F32", "F16", "BF16", "I64", "I32", "I16", "U16", "I8", "U8", "BOOL", "U64", "U32"};
        for (String dtype : dtypes) {
            long n = 8 / Dtype.valueOf(dtype).bytes();
            capture.sink().tensor(TensorFile.MODEL, dtype, dtype, new long[] {n}, List.of(bits));
        }
        Checkpoints.write(capture.finish(), directory);
        // as halves: -infinity, the smallest subnormal, 1, -2
        assertStatistics("F16", -2, 1, (0x1p-24 + 1 - 2) / 3, 4, 1);
        assertStatistics("I16", -16384, 15360, (-1024 + 1 + 15360 - 16384) / 4.0, 4, 0);
        assertStatistics("U16", 1, 64512, (64512 + 1 + 15360 + 49152) / 4.0, 4, 0);
        assertStatistics("I32", -1073726464, 130048, (-1073726464 + 130048) / 2.0, 2, 0);
        assertStatistics("U32", 130048, 3221240832.0, (3221240832.0 + 130048) / 2, 2, 0);
        assertStatistics("I64", (double) BITS, (double) BITS, (double) BITS, 1, 0);
        assertStatistics("U64", BITS + 0x1p64, BITS + 0x1p64, BITS + 0x1p64, 1, 0);
        assertStatistics("U8", 0, 252, (252 + 1 + 60 + 192) / 8.0, 8, 0);
        assertStatistics("I8", -64, 60, (-4 + 1 + 60 - 64) / 8.0, 8, 0);
        assertStatistics("BF16", Float.intBitsToFloat(0xfc000000), Float.intBitsToFloat(0x3c000000), Double.NaN, 4, 0);
    }

    private void assertStatistics(String name, double min, double max, double mean, long n, long notFinite)
            throws IOException {
        TensorStatistics s = TensorStatistics.of(directory, "model.safetensors", name);
        assertThat(s.min()).as(name).isEqualTo(min);
        assertThat(s.max()).as(name).isEqualTo(max);
        if (!Double.isNaN(mean)) {
            assertThat(s.mean()).as(name).isCloseTo(mean, org.assertj.core.data.Percentage.withPercentage(1e-9));
        }
        assertThat(s.elements()).as(name).isEqualTo(n);
        assertThat(s.nans() + s.infinities()).as(name).isEqualTo(notFinite);
    }
}
