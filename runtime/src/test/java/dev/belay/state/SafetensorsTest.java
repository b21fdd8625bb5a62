package dev.belay.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of tensors are written as the format says, read back to the bit, and refused if a single byte is wrong. */
class SafetensorsTest {

    @TempDir
    private Path directory;

    private static StagedTensor tensor(String name, String dtype, long[] shape, int bytes) {
        ByteBuffer content = ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
        byte[] random = new byte[bytes];
        new Random(name.hashCode()).nextBytes(random);
        content.put(random).flip();
        int half = bytes / 16 * 8;
        return new StagedTensor(
                TensorFile.MODEL,
                name,
                dtype,
                shape,
                List.of(content.slice(0, half), content.slice(half, bytes - half)));
    }

    private static final List<StagedTensor> TENSORS = List.of(
            tensor("narrow", "U8", new long[] {3}, 3),
            tensor("01Linear_weight", "F32", new long[] {4, 5}, 80),
            tensor("scalar", "F64", new long[0], 8),
            tensor("empty", "F32", new long[] {0, 7}, 0),
            tensor("name with \"quotes\" and \u20ac", "U16", new long[] {9}, 18));

    private static byte[] written(List<StagedTensor> tensors, Map<String, String> aliases) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        SafetensorsWriter.write(tensors, aliases, Channels.newChannel(bytes));
        return bytes.toByteArray();
    }

    private SafetensorsFile file(byte[] bytes) throws IOException {
        return new SafetensorsFile(Files.write(directory.resolve("model.safetensors"), bytes));
    }

    private static byte[] content(StagedTensor t) {
        ByteBuffer all = ByteBuffer.allocate(
                t.bytes().stream().mapToInt(ByteBuffer::remaining).sum());
        t.bytes().forEach(b -> all.put(b.duplicate()));
        return all.array();
    }

    @Test
    void the_header_is_what_other_readers_expect() throws IOException {
        byte[] bytes = written(TENSORS, Map.of("tied", "scalar"));
        int length = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        String json = new String(bytes, 8, length, StandardCharsets.UTF_8);
        assertThat(length % 8).isZero();
        assertThat(json.strip())
                .isEqualTo("{\"__metadata__\":{\"format\":\"pt\",\"tied\":\"scalar\"},"
                        + "\"scalar\":{\"dtype\":\"F64\",\"shape\":[],\"data_offsets\":[0,8]},"
                        + "\"01Linear_weight\":{\"dtype\":\"F32\",\"shape\":[4,5],\"data_offsets\":[8,88]},"
                        + "\"empty\":{\"dtype\":\"F32\",\"shape\":[0,7],\"data_offsets\":[88,88]},"
                        + "\"name with \\\"quotes\\\" and \u20ac\":{\"dtype\":\"U16\",\"shape\":[9],\"data_offsets\":[88,106]},"
                        + "\"narrow\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[106,109]}}");
        assertThat(bytes).hasSize(8 + length + 109);
    }

    @Test
    void every_tensor_is_read_back_into_several_buffers() throws IOException {
        SafetensorsFile file = file(written(TENSORS, Map.of("tied", "scalar")));
        assertThat(file.aliases()).containsExactly(Map.entry("tied", "scalar"));
        assertThat(file.names()).hasSize(5);
        for (StagedTensor t : TENSORS) {
            byte[] expected = content(t);
            ByteBuffer heap = ByteBuffer.allocate(expected.length / 3);
            ByteBuffer direct = ByteBuffer.allocateDirect(expected.length - heap.capacity());
            file.read(file.tensor(t.name()), List.of(heap, direct));
            byte[] found = new byte[expected.length];
            heap.flip().get(found, 0, heap.limit());
            direct.flip().get(found, heap.limit(), direct.limit());
            assertThat(found).as(t.name()).isEqualTo(expected);
        }
    }

    @Test
    void a_destination_of_another_size_is_refused() throws IOException {
        SafetensorsFile file = file(written(TENSORS, Map.of()));
        assertThatThrownBy(() -> file.read(file.tensor("scalar"), List.of(ByteBuffer.allocate(7))))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("8 bytes, the program 7");
        assertThatThrownBy(() -> file.tensor("other"))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("other");
    }

    @Test
    void a_channel_that_takes_few_bytes_at_a_time_gets_all_of_them() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        WritableByteChannel slow = new WritableByteChannel() {
            @Override
            public int write(ByteBuffer from) {
                int n = Math.min(7, from.remaining());
                for (int i = 0; i < n; i++) {
                    bytes.write(from.get());
                }
                return n;
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {}
        };
        SafetensorsWriter.write(TENSORS, Map.of(), slow);
        assertThat(bytes.toByteArray()).isEqualTo(written(TENSORS, Map.of()));
    }

    @Test
    void each_flipped_bit_of_the_header_is_refused_or_harmless() throws IOException {
        byte[] bytes = written(List.of(TENSORS.get(0), TENSORS.get(1)), Map.of());
        int header =
                8 + (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        int refused = 0;
        for (int bit = 0; bit < header * 8; bit++) {
            byte[] damaged = bytes.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                SafetensorsFile file = file(damaged);
                assertThat(file.tensors()).hasSizeLessThanOrEqualTo(2);
            } catch (Unsupported e) {
                refused++;
                assertThat(e.getMessage()).contains("model.safetensors").contains("damaged");
            }
        }
        assertThat(refused).isGreaterThan(header * 6);
    }

    @Test
    void each_truncation_and_each_byte_too_many_is_refused() throws IOException {
        byte[] bytes = written(TENSORS, Map.of());
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> file(cut)).as("%d bytes", length).isInstanceOf(Unsupported.class);
        }
        assertThatThrownBy(() -> file(java.util.Arrays.copyOf(bytes, bytes.length + 1)))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("found 110 bytes of tensors, expected 109");
    }

    private void assertRefused(String json, int dataBytes, String why) {
        byte[] text = json.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + text.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(text.length).put(text);
        assertThatThrownBy(() -> file(bytes.array()))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining(why);
    }

    @Test
    void headers_that_do_not_fit_are_refused() {
        String a = "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}";
        assertRefused(
                "{" + a + ",\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", 4, "begins at byte 0");
        assertRefused(
                "{" + a + ",\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[5,9]}}", 9, "begins at byte 5");
        assertRefused("{" + a + "," + a + "}", 4, "Duplicate");
        assertRefused("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}", 4, "expected 8 bytes");
        assertRefused("{\"a\":{\"dtype\":\"X9\",\"shape\":[1],\"data_offsets\":[0,4]}}", 4, "dtype X9");
        assertRefused("{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}", 4, "impossible shape");
        assertRefused(
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387905,4],\"data_offsets\":[0,4]}}",
                4,
                "impossible");
        assertRefused(
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[99999999999999999999,4]}}", 4, "no JSON");
        assertRefused("{\"a\":{\"dtype\":\"F32\",\"shape\":[1.5],\"data_offsets\":[0,4]}}", 4, "VALUE_NUMBER_FLOAT");
        assertRefused("{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}}", 4, "lacks");
        assertRefused("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4],\"x\":1}}", 4, "a key 'x'");
        assertRefused("{\"a\":3}", 0, "found VALUE_NUMBER_INT");
        assertRefused("[]", 0, "found START_ARRAY");
        assertRefused("{}{}", 0, "after the header");
        assertRefused("{\"__metadata__\":{\"format\":1}}", 0, "metadata 'format'");
        assertRefused("{\"__metadata__\":{\"tied\":\"none\"}}", 0, "expected the name of a tensor");
        assertRefused("{\"a\":".repeat(20_000), 0, "has a key 'a'");
        assertRefused("{" + a, 4, "no JSON");
    }

    @Test
    void a_header_that_claims_to_be_huge_is_refused_before_memory_is_taken() throws IOException {
        for (long length : new long[] {Long.MAX_VALUE, -1, 100_000_001, 1 << 30}) {
            byte[] bytes = ByteBuffer.allocate(16)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(length)
                    .array();
            assertThatThrownBy(() -> file(bytes))
                    .isInstanceOf(Unsupported.class)
                    .hasMessageContaining("found a header of");
        }
    }

    /** The offsets of more than 4 GiB, without the disk space for them: the channel only counts. */
    @Test
    void offsets_beyond_two_gigabytes_are_written() throws IOException {
        ByteBuffer gigabyte = ByteBuffer.allocateDirect(1 << 20);
        List<ByteBuffer> pieces = java.util.Collections.nCopies(5 << 10, gigabyte);
        StagedTensor large = new StagedTensor(TensorFile.MODEL, "large", "F32", new long[] {5L << 28}, pieces);
        StagedTensor last = tensor("last", "U8", new long[] {1}, 1);
        Counting counting = new Counting();
        SafetensorsWriter.write(List.of(last, large), Map.of(), counting);
        assertThat(counting.head).contains("\"data_offsets\":[0,5368709120]").contains("[5368709120,5368709121]");
        assertThat(counting.bytes).isEqualTo(counting.first + (5L << 30) + 1);
    }

    private static final class Counting implements WritableByteChannel {
        private long bytes;
        private long first;
        private String head;

        @Override
        public int write(ByteBuffer from) {
            int n = from.remaining();
            if (head == null) {
                head = StandardCharsets.UTF_8.decode(from.duplicate()).toString();
                first = n;
            }
            from.position(from.limit());
            bytes += n;
            return n;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    /** A sparse file: the bytes behind 4 GiB are read at their place. */
    @Test
    void a_tensor_beyond_four_gigabytes_is_read() throws IOException {
        String json = "{\"big\":{\"dtype\":\"U8\",\"shape\":[4294967296],\"data_offsets\":[0,4294967296]},"
                + "\"end\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[4294967296,4294967300]}}  ";
        Path path = directory.resolve("data.safetensors");
        try (java.io.RandomAccessFile sparse = new java.io.RandomAccessFile(path.toFile(), "rw")) {
            sparse.write(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(json.length())
                    .array());
            sparse.write(json.getBytes(StandardCharsets.UTF_8));
            sparse.seek(8 + json.length() + (1L << 32));
            sparse.write(new byte[] {1, 2, 3, 4});
        }
        SafetensorsFile file = new SafetensorsFile(path);
        ByteBuffer end = ByteBuffer.allocate(4);
        file.read(file.tensor("end"), List.of(end));
        assertThat(end.array()).containsExactly(1, 2, 3, 4);
        assertThat(file.tensor("big").bytes()).isEqualTo(1L << 32);
    }

    @Test
    void a_link_in_the_place_of_a_file_is_refused() throws IOException {
        Path real = Files.write(directory.resolve("real"), written(TENSORS, Map.of()));
        Path link = Files.createSymbolicLink(directory.resolve("model.safetensors"), real);
        assertThatThrownBy(() -> new SafetensorsFile(link)).isInstanceOf(IOException.class);
    }
}
