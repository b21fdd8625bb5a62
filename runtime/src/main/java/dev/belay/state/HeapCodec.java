package dev.belay.state;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.util.DefaultClassResolver;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/**
 * The wire format of {@code loop.kryo}.
 *
 * <pre>
 * magic u32 | format version u32 | frames | nodes | statics | roots | values | identities | CRC32C of all before, u64
 * </pre>
 *
 * Numbers are little-endian but for the checksum. Kryo knows our own node records and plain values by explicit numbers and
 * nothing else, so that reading constructs nothing that the file chooses.
 */
final class HeapCodec {

    private static final int MAGIC = 0x594c4542; // BELY in little-endian bytes
    /** 2: arrays that are parts of a tensor. 3: identity hash codes. 4: results of lambdas. */
    static final int FORMAT_VERSION = 4;

    private static final int FIRST_WITH_IDENTITIES = 3;
    private static final int FIRST_WITH_BODIES = 4;

    private static final int OLDEST_VERSION = 1;
    private static final int HEAD_BYTES = 2 * Integer.BYTES;
    static final int CHECKSUM_BYTES = Long.BYTES;
    /** A node, its value; nothing nests deeper. */
    private static final int DEPTH = 2;

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

    static void write(HeapImage image, OutputStream to) throws IOException {
        CheckedOutputStream checked = new CheckedOutputStream(to, new CRC32C());
        try {
            write(image, new WireOutput(checked));
        } catch (KryoException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            throw e;
        }
        to.write(ByteBuffer.allocate(CHECKSUM_BYTES)
                .putLong(checked.getChecksum().getValue())
                .array());
    }

    private static void write(HeapImage image, WireOutput out) {
        Kryo kryo = kryo();
        out.writeInt(MAGIC);
        out.writeInt(FORMAT_VERSION);
        out.count(image.frames().size());
        image.frames().forEach(f -> FrameCodec.write(out, f));
        out.count(image.nodes().size());
        image.nodes().forEach(n -> kryo.writeClassAndObject(out, n));
        writeNumbers(out, image.statics());
        writeNumbers(out, image.roots());
        out.count(image.values().size());
        image.values().forEach((k, v) -> {
            out.text(k);
            kryo.writeClassAndObject(out, v);
        });
        out.count(image.identities().size());
        image.identities().forEach((node, hash) -> {
            out.count(node);
            out.writeInt(hash);
        });
        out.flush();
    }

    /**
     * Reads an image and checks that all its numbers are in range.
     *
     * @param size how many bytes the stream has
     * @throws Unsupported if the file is of another format or damaged
     */
    static HeapImage read(InputStream from, long size) throws IOException {
        if (size < HEAD_BYTES + CHECKSUM_BYTES) {
            throw damaged("found " + size + " bytes");
        }
        WireInput in = new WireInput(from, size - CHECKSUM_BYTES);
        try {
            HeapImage image = read(in, version(in.readInt(), in.readInt()));
            byte[] checksum = from.readNBytes(CHECKSUM_BYTES);
            if (in.left() > 0
                    || checksum.length < CHECKSUM_BYTES
                    || from.read() >= 0
                    || ByteBuffer.wrap(checksum).getLong() != in.checksum()) {
                throw damaged("its checksum or length is wrong");
            }
            ImageCheck.check(image);
            return image;
        } catch (KryoException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            throw damaged(e.getMessage());
        } catch (ClassCastException e) {
            throw damaged("found one kind of node in the place of another");
        }
    }

    private static int version(int magic, int version) {
        if (magic != MAGIC) {
            throw damaged("it does not begin like one");
        } else if (version < OLDEST_VERSION || version > FORMAT_VERSION) {
            throw new Unsupported(
                    SnapshotFiles.LOOP,
                    "found format " + Integer.toUnsignedString(version) + ", expected " + OLDEST_VERSION + " to "
                            + FORMAT_VERSION + "; resume with the version of Belay that wrote it");
        }
        return version;
    }

    static Unsupported damaged(String found) {
        return new Unsupported(SnapshotFiles.LOOP, "it cannot be read (" + found + "); it is damaged or foreign");
    }

    private static HeapImage read(WireInput in, int version) {
        Kryo kryo = kryo();
        List<FrameImage> frames = new ArrayList<>();
        for (int n = in.count(7); n > 0; n--) {
            frames.add(FrameCodec.read(in, version >= FIRST_WITH_BODIES));
        }
        List<HeapNode> nodes = new ArrayList<>();
        for (int n = in.count(2); n > 0; n--) {
            nodes.add((HeapNode) kryo.readClassAndObject(in));
        }
        Map<String, Integer> statics = readNumbers(in);
        Map<String, Integer> roots = readNumbers(in);
        Map<String, Object> values = new LinkedHashMap<>();
        for (int n = in.count(3); n > 0; n--) {
            values.put(in.text(), kryo.readClassAndObject(in));
        }
        Map<Integer, Integer> identities = new LinkedHashMap<>();
        for (int n = version < FIRST_WITH_IDENTITIES ? 0 : in.count(5); n > 0; n--) {
            identities.put(in.readVarInt(true), in.readInt());
        }
        return new HeapImage(frames, nodes, statics, roots, values, identities);
    }

    private static void writeNumbers(WireOutput out, Map<String, Integer> numbers) {
        out.count(numbers.size());
        numbers.forEach((name, number) -> {
            out.text(name);
            out.count(number);
        });
    }

    private static Map<String, Integer> readNumbers(WireInput in) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        for (int n = in.count(2); n > 0; n--) {
            numbers.put(in.text(), in.readVarInt(true));
        }
        return numbers;
    }

    private static Kryo kryo() {
        Kryo kryo = new Kryo(new KnownClasses(), null);
        kryo.setRegistrationRequired(true);
        kryo.setMaxDepth(DEPTH);
        NodeSerializers.register(kryo);
        return kryo;
    }

    /** Kryo would load a class that a file names, even only to refuse it. */
    private static final class KnownClasses extends DefaultClassResolver {
        @Override
        protected Registration readName(Input input) {
            throw new KryoException("found a class by its name, expected one by its number");
        }
    }
}
