package dev.belay.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorComparisonTest {

    @TempDir
    private Path directory;

    private int files;

    private SafetensorsFile file(String dtype, long[] shape, ByteBuffer bytes) throws IOException {
        Path file = directory.resolve("file" + files++);
        StagedTensor tensor = new StagedTensor(TensorFile.MODEL, "t", dtype, shape, List.of(bytes));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            SafetensorsWriter.write(List.of(tensor), Map.of(), channel);
        }
        return new SafetensorsFile(file);
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private SafetensorsFile floats(float... values) throws IOException {
        ByteBuffer bytes = little(4 * values.length);
        for (float v : values) {
            bytes.putFloat(v);
        }
        return file("F32", new long[] {values.length}, bytes.flip());
    }

    private SafetensorsFile longs(long... values) throws IOException {
        ByteBuffer bytes = little(8 * values.length);
        for (long v : values) {
            bytes.putLong(v);
        }
        return file("I64", new long[] {values.length}, bytes.flip());
    }

    private static TensorDifference compare(SafetensorsFile a, SafetensorsFile b) throws IOException {
        return TensorComparison.of("t", a, b);
    }

    @Test
    void equal_bits_are_no_difference() throws IOException {
        TensorDifference d = compare(floats(1, Float.NaN, -0f), floats(1, Float.NaN, -0f));
        assertThat(d.none()).isTrue();
        assertThat(d.elements()).isEqualTo(3);
    }

    @Test
    void differences_are_told_absolutely_as_a_share_and_in_numbers_between() throws IOException {
        TensorDifference d = compare(floats(1, 100, 8), floats(Math.nextUp(1f), 99, 8));
        assertThat(d.different()).isEqualTo(2);
        assertThat(d.maxAbsolute()).isEqualTo(1);
        assertThat(d.maxRelative()).isEqualTo(0.01);
        assertThat(d.maxUlps()).isEqualTo(131_072);
        assertThat(compare(floats(1), floats(Math.nextUp(1f))).maxUlps()).isEqualTo(1);
        float smallest = Float.MIN_VALUE;
        assertThat(compare(floats(smallest), floats(-smallest)).maxUlps()).isEqualTo(2);
    }

    @Test
    void zeros_of_other_signs_have_other_bits_and_no_distance() throws IOException {
        TensorDifference d = compare(floats(0f), floats(-0f));
        assertThat(d.none()).isFalse();
        assertThat(d.different()).isEqualTo(1);
        assertThat(d.maxAbsolute()).isZero();
        assertThat(d.maxUlps()).isZero();
    }

    @Test
    void what_is_no_number_in_one_of_them_is_infinitely_far() throws IOException {
        TensorDifference d = compare(floats(1, 2), floats(Float.NaN, 2));
        assertThat(d.maxAbsolute()).isInfinite();
        assertThat(d.maxUlps()).isEqualTo(Long.MAX_VALUE);
        assertThat(compare(floats(Float.POSITIVE_INFINITY), floats(1)).maxRelative())
                .isInfinite();
    }

    @Test
    void whole_numbers_that_are_one_double_are_told_apart() throws IOException {
        TensorDifference d = compare(longs(1L << 60), longs((1L << 60) + 1));
        assertThat(d.different()).isEqualTo(1);
        assertThat(d.maxAbsolute()).isEqualTo(1);
        assertThat(d.maxUlps()).isEqualTo(TensorDifference.NO_ULPS);
    }

    @Test
    void short_numbers_have_their_own_distances() throws IOException {
        ByteBuffer one =
                little(4).putShort((short) 0x3c00).putShort((short) 0x0001).flip();
        ByteBuffer other =
                little(4).putShort((short) 0x3c01).putShort((short) 0x8001).flip();
        TensorDifference d = compare(file("F16", new long[] {2}, one), file("F16", new long[] {2}, other));
        assertThat(d.different()).isEqualTo(2);
        assertThat(d.maxUlps()).isEqualTo(2);
        assertThat(d.maxAbsolute()).isEqualTo(0x1p-10);
    }

    @Test
    void other_shapes_are_not_compared() throws IOException {
        TensorDifference d = compare(floats(1, 2), longs(1));
        assertThat(d.comparable()).isFalse();
        assertThat(d.none()).isFalse();
        assertThat(d.first()).isEqualTo("F32[2]");
        assertThat(d.second()).isEqualTo("I64[1]");
    }

    @Test
    void a_difference_in_a_later_piece_is_found() throws IOException {
        float[] many = new float[700_000];
        SafetensorsFile same = floats(many);
        many[699_999] = 3;
        TensorDifference d = compare(same, floats(many));
        assertThat(d.different()).isEqualTo(1);
        assertThat(d.maxAbsolute()).isEqualTo(3);
    }
}
