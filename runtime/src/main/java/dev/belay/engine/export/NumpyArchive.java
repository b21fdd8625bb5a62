package dev.belay.engine.export;

import dev.belay.state.SavedState;
import dev.belay.state.TensorFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * NumPy's {@code .npz}: a zip of {@code .npy} files, each an array in C order.
 *
 * <pre>
 * 0x93 "NUMPY" | version 1, 0 | length of the header u16, little-endian | header | bytes of the array
 * </pre>
 */
final class NumpyArchive {

    private static final int HEAD_BYTES = 10;
    private static final int ALIGNMENT = 64;
    private static final long FIXED_TIME_MILLIS = 315_619_200_000L; // 1980-01-02: equal states make equal files

    /** NumPy has no such type: its numbers are written as the 32-bit numbers that they are. */
    private static final String BRAIN_FLOAT = "BF16";

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("F64", "<f8"),
            Map.entry("F32", "<f4"),
            Map.entry("F16", "<f2"),
            Map.entry(BRAIN_FLOAT, "<f4"),
            Map.entry("I64", "<i8"),
            Map.entry("I32", "<i4"),
            Map.entry("I16", "<i2"),
            Map.entry("I8", "|i1"),
            Map.entry("U64", "<u8"),
            Map.entry("U32", "<u4"),
            Map.entry("U16", "<u2"),
            Map.entry("U8", "|u1"),
            Map.entry("BOOL", "|b1"));

    private NumpyArchive() {}

    /** Writes all tensors of a file; one with several names is there under each. */
    static void write(SavedState state, TensorFile file, OutputStream to) throws IOException {
        Map<String, String> names = new TreeMap<>(state.aliases(file));
        new TreeSet<>(state.tensors(file)).forEach(t -> names.put(t, t));
        ZipOutputStream zip = new ZipOutputStream(to, StandardCharsets.UTF_8);
        zip.setLevel(Deflater.NO_COMPRESSION); // parameters do not shrink
        for (Map.Entry<String, String> name : names.entrySet()) {
            ZipEntry entry = new ZipEntry(name.getKey() + ".npy");
            entry.setTime(FIXED_TIME_MILLIS);
            zip.putNextEntry(entry);
            writeArray(state, file, name.getValue(), zip);
            zip.closeEntry();
        }
        zip.finish();
    }

    private static void writeArray(SavedState state, TensorFile file, String tensor, OutputStream out)
            throws IOException {
        String dtype = state.dtype(file, tensor);
        out.write(header(TYPES.get(dtype), state.shape(file, tensor)));
        WritableByteChannel channel = Channels.newChannel(out);
        state.write(file, tensor, dtype.equals(BRAIN_FLOAT) ? new Widening(channel) : channel);
    }

    private static byte[] header(String type, long[] shape) {
        String dimensions = LongStream.of(shape).mapToObj(n -> n + ",").collect(Collectors.joining(" "));
        String tuple = shape.length > 1 ? dimensions.substring(0, dimensions.length() - 1) : dimensions;
        String text = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + tuple + "), }";
        int padding = ALIGNMENT - (HEAD_BYTES + text.length() + 1) % ALIGNMENT;
        byte[] header = (text + " ".repeat(padding % ALIGNMENT) + "\n").getBytes(StandardCharsets.US_ASCII);
        ByteBuffer all = ByteBuffer.allocate(HEAD_BYTES + header.length).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        all.put((byte) 0x93)
                .put("NUMPY".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 1)
                .put((byte) 0);
        return all.putShort((short) header.length).put(header).array();
    }

    /** Puts 16 zero bits before each 16-bit number: its upper half is a 32-bit number's. */
    private record Widening(WritableByteChannel to) implements WritableByteChannel {

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            int taken = bytes.remaining();
            ByteBuffer wide = ByteBuffer.allocate(2 * taken);
            while (bytes.hasRemaining()) {
                wide.putShort((short) 0).put(bytes.get()).put(bytes.get());
            }
            to.write(wide.flip());
            return taken;
        }

        @Override
        public boolean isOpen() {
            return to.isOpen();
        }

        @Override
        public void close() throws IOException {
            to.close();
        }
    }
}
