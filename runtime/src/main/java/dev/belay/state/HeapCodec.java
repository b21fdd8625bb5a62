package dev.belay.state;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.serializers.DefaultSerializers;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The wire format of {@code loop.kryo}: magic, format version, frames, nodes, statics, roots, values. Kryo knows our own
 * node records and plain values by explicit numbers and nothing else, so that reading constructs nothing that the file
 * chooses.
 */
final class HeapCodec {

    private static final int MAGIC = 0x42454c59; // "BELY"
    static final int FORMAT_VERSION = 1;

    private HeapCodec() {}

    /** MUST run before any class of Kryo is loaded: its Unsafe access warns on JDK 24 and newer. */
    static {
        String before = System.getProperty("kryo.unsafe");
        System.setProperty("kryo.unsafe", "false");
        try {
            Class.forName("com.esotericsoftware.kryo.util.Util");
        } catch (ClassNotFoundException e) {
            throw new LinkageError("belay.jar is incomplete", e);
        } finally {
            if (before == null) {
                System.clearProperty("kryo.unsafe");
            } else {
                System.setProperty("kryo.unsafe", before);
            }
        }
    }

    static void write(HeapImage image, OutputStream to) {
        Kryo kryo = kryo();
        Output out = new Output(to, 1 << 16);
        out.writeInt(MAGIC);
        out.writeInt(FORMAT_VERSION);
        out.writeVarInt(image.frames().size(), true);
        image.frames().forEach(f -> FrameCodec.write(out, f));
        out.writeVarInt(image.nodes().size(), true);
        image.nodes().forEach(n -> kryo.writeClassAndObject(out, n));
        writeNumbers(out, image.statics());
        writeNumbers(out, image.roots());
        out.writeVarInt(image.values().size(), true);
        image.values().forEach((k, v) -> {
            out.writeString(k);
            kryo.writeClassAndObject(out, v);
        });
        out.flush();
    }

    /** Reads an image. Throws {@link Unsupported} if the file is of another format or damaged. */
    static HeapImage read(InputStream from) {
        Kryo kryo = kryo();
        try {
            Input in = new Input(from, 1 << 16);
            int magic = in.readInt();
            int version = in.readInt();
            if (magic != MAGIC || version != FORMAT_VERSION) {
                throw new Unsupported(
                        "loop.kryo",
                        "found format " + version + ", expected " + FORMAT_VERSION
                                + "; resume with the version of Belay that wrote it");
            }
            List<FrameImage> frames = readList(in, () -> FrameCodec.read(in));
            List<HeapNode> nodes = readList(in, () -> (HeapNode) kryo.readClassAndObject(in));
            Map<String, Integer> statics = readNumbers(in);
            Map<String, Integer> roots = readNumbers(in);
            Map<String, Object> values = new LinkedHashMap<>();
            for (int n = in.readVarInt(true); n > 0; n--) {
                values.put(in.readString(), kryo.readClassAndObject(in));
            }
            return new HeapImage(frames, nodes, statics, roots, values);
        } catch (KryoException | ClassCastException e) {
            throw new Unsupported("loop.kryo", "it cannot be read (" + e.getMessage() + "); it is damaged or foreign");
        }
    }

    private static <T> List<T> readList(Input in, java.util.function.Supplier<T> element) {
        int n = in.readVarInt(true);
        List<T> list = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            list.add(element.get());
        }
        return list;
    }

    private static void writeNumbers(Output out, Map<String, Integer> numbers) {
        out.writeVarInt(numbers.size(), true);
        numbers.forEach((name, number) -> {
            out.writeString(name);
            out.writeVarInt(number, true);
        });
    }

    private static Map<String, Integer> readNumbers(Input in) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        for (int n = in.readVarInt(true); n > 0; n--) {
            numbers.put(in.readString(), in.readVarInt(true));
        }
        return numbers;
    }

    private static Kryo kryo() {
        Kryo kryo = new Kryo();
        kryo.setRegistrationRequired(true);
        kryo.setReferences(false);
        NodeSerializers.register(kryo);
        kryo.register(BigInteger.class, new DefaultSerializers.BigIntegerSerializer(), 40);
        kryo.register(BigDecimal.class, new DefaultSerializers.BigDecimalSerializer(), 41);
        kryo.register(byte[].class, 50);
        kryo.register(short[].class, 51);
        kryo.register(char[].class, 52);
        kryo.register(int[].class, 53);
        kryo.register(long[].class, 54);
        kryo.register(float[].class, 55);
        kryo.register(double[].class, 56);
        kryo.register(boolean[].class, 57);
        return kryo;
    }
}
