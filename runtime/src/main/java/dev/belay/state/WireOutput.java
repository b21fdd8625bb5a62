package dev.belay.state;

import com.esotericsoftware.kryo.io.Output;
import java.io.OutputStream;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/** Kryo's output with the encodings that {@link WireInput} can read safely. */
final class WireOutput extends Output {

    private final Map<String, Integer> names = new HashMap<>();

    WireOutput(OutputStream to) {
        super(to, 1 << 16);
    }

    void count(int n) {
        writeVarInt(n, true);
    }

    /** Writes a text: its length and width, then Latin-1 or UTF-16, so that lone surrogates survive. */
    void text(String s) {
        boolean wide = isWide(s);
        writeVarLong((long) s.length() << 1 | (wide ? 1 : 0), true);
        for (int i = 0; i < s.length(); i++) {
            writeByte(s.charAt(i));
            if (wide) {
                writeByte(s.charAt(i) >> 8);
            }
        }
    }

    private static boolean isWide(String s) {
        for (int i = 0; i < s.length(); i++) {
            if (s.charAt(i) > 0xff) {
                return true;
            }
        }
        return false;
    }

    /** Writes a text that comes again and again: the first time in full, then its number. */
    void name(String s) {
        Integer known = names.putIfAbsent(s, names.size() + 1);
        count(known == null ? 0 : known);
        if (known == null) {
            text(s);
        }
    }

    void ints(int[] values) {
        count(values.length);
        for (int v : values) {
            writeVarInt(v, false);
        }
    }

    void longs(long[] values) {
        count(values.length);
        for (long v : values) {
            writeLong(v);
        }
    }

    /** Writes an array of primitives: length, then little-endian elements. */
    void array(Object array) {
        int n = Array.getLength(array);
        int size = ArrayBytes.elementSize(array.getClass().getComponentType());
        count(n);
        ByteBuffer chunk =
                ByteBuffer.allocate((int) Math.min(1 << 16, (long) n * size)).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < n; at += chunk.capacity() / size) {
            int elements = Math.min(chunk.capacity() / size, n - at);
            ArrayBytes.copyOut(array, at, elements, chunk.clear());
            writeBytes(chunk.array(), 0, elements * size);
        }
    }
}
