package dev.belay.state;

import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Input;
import java.io.InputStream;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Kryo's input over a known number of bytes. Every count is compared with the bytes that are left before anything is
 * allocated, so that a damaged file costs no more memory than an intact one of its size.
 */
final class WireInput extends Input {

    private final long size;
    private final CRC32C checksum = new CRC32C();
    private final List<String> names = new ArrayList<>();
    private long unread;

    /** @param size how many bytes to take from the stream */
    WireInput(InputStream from, long size) {
        super(from, 1 << 16);
        this.size = size;
        this.unread = size;
    }

    @Override
    protected int fill(byte[] buffer, int offset, int count) {
        if (unread == 0) {
            return -1;
        }
        int n = super.fill(buffer, offset, (int) Math.min(count, unread));
        if (n > 0) {
            checksum.update(buffer, offset, n);
            unread -= n;
        }
        return n;
    }

    /** Returns how many bytes are left. */
    long left() {
        return size - total();
    }

    /** Returns the checksum of all bytes; they MUST have been read. */
    long checksum() {
        return checksum.getValue();
    }

    /** Reads a count of things of at least {@code bytes} bytes each. */
    int count(int bytes) {
        int n = readVarInt(true);
        if (n < 0 || (long) n * bytes > left()) {
            throw new KryoException(
                    "found a count of " + Integer.toUnsignedString(n) + " with " + left() + " bytes left");
        }
        return n;
    }

    String text() {
        long header = readVarLong(true);
        boolean wide = (header & 1) != 0;
        long length = header >>> 1;
        if (length > left() / (wide ? 2 : 1)) {
            throw new KryoException("found a text of " + length + " characters with " + left() + " bytes left");
        }
        byte[] bytes = readBytes((int) (wide ? length * 2 : length));
        return wide ? utf16(bytes) : new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static String utf16(byte[] bytes) {
        char[] chars = new char[bytes.length / 2];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asCharBuffer().get(chars);
        return new String(chars);
    }

    String name() {
        int number = readVarInt(true);
        if (number == 0) {
            names.add(text());
            return names.get(names.size() - 1);
        } else if (number < 0 || number > names.size()) {
            throw new KryoException("found name " + number + " of " + names.size());
        }
        return names.get(number - 1);
    }

    int[] ints() {
        int[] values = new int[count(1)];
        for (int i = 0; i < values.length; i++) {
            values[i] = readVarInt(false);
        }
        return values;
    }

    long[] longs() {
        long[] values = new long[count(Long.BYTES)];
        for (int i = 0; i < values.length; i++) {
            values[i] = readLong();
        }
        return values;
    }

    Object array(Class<?> component) {
        int size = ArrayBytes.elementSize(component);
        int n = count(size);
        Object array = Array.newInstance(component, n);
        byte[] chunk = new byte[(int) Math.min(1 << 16, (long) n * size)];
        for (int at = 0; at < n; at += chunk.length / size) {
            int elements = Math.min(chunk.length / size, n - at);
            readBytes(chunk, 0, elements * size);
            ArrayBytes.copyIn(ByteBuffer.wrap(chunk), array, at, elements);
        }
        return array;
    }
}
