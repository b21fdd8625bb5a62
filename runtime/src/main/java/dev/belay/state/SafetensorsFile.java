package dev.belay.state;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A safetensors file on disk. Opened for each read only, so that it holds no descriptor in between. */
final class SafetensorsFile {

    /** More per read call would make the JDK keep a buffer of this size for heap destinations. */
    private static final int READ_BYTES = 1 << 20;

    private final Path path;
    private final Map<String, TensorEntry> tensors = new LinkedHashMap<>();
    private final Map<String, String> aliases;
    private final long dataBegin;

    /**
     * Reads and checks the header.
     *
     * @throws Unsupported if it is damaged
     */
    SafetensorsFile(Path path) throws IOException {
        this.path = path;
        try (FileChannel channel = open()) {
            byte[] json = header(channel);
            dataBegin = Long.BYTES + json.length;
            SafetensorsHeader header = SafetensorsParser.parse(fileName(), json, channel.size() - dataBegin);
            header.tensors().forEach(t -> tensors.put(t.name(), t));
            aliases = header.aliases();
        }
    }

    private byte[] header(FileChannel channel) throws IOException {
        long size = channel.size();
        if (size < Long.BYTES) {
            throw new Unsupported(fileName(), "found " + size + " bytes, expected at least 8; it is damaged");
        }
        ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        readFully(channel, 0, length);
        long bytes = length.getLong(0);
        long most = Math.min(SafetensorsHeader.MAX_BYTES, size - Long.BYTES);
        if (bytes < 0 || bytes > most) {
            throw new Unsupported(
                    fileName(),
                    "found a header of " + Long.toUnsignedString(bytes) + " bytes, expected at most " + most
                            + "; it is damaged or foreign");
        }
        ByteBuffer json = ByteBuffer.allocate((int) bytes);
        readFully(channel, Long.BYTES, json);
        return json.array();
    }

    private FileChannel open() throws IOException {
        return FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    }

    private String fileName() {
        return path.getFileName().toString();
    }

    Collection<TensorEntry> tensors() {
        return tensors.values();
    }

    Set<String> names() {
        return Set.copyOf(tensors.keySet());
    }

    Map<String, String> aliases() {
        return aliases;
    }

    /** Returns a tensor by its name. */
    TensorEntry tensor(String name) {
        TensorEntry entry = tensors.get(name);
        if (entry == null) {
            throw new Unsupported(fileName(), "it has no tensor '" + name + "'; resume with the old program");
        }
        return entry;
    }

    /** Takes a tensor's bytes piece by piece. */
    @FunctionalInterface
    interface Pieces {
        void take(ByteBuffer littleEndian);
    }

    /** Hands out a tensor's bytes in order; pieces end at element boundaries, and {@code buffer} is used for each. */
    void read(TensorEntry t, ByteBuffer buffer, Pieces pieces) throws IOException {
        try (FileChannel channel = open()) {
            long at = t.begin();
            while (at < t.end()) {
                int whole = buffer.capacity() / t.dtype().bytes() * t.dtype().bytes();
                buffer.clear().limit((int) Math.min(whole, t.end() - at));
                at += buffer.remaining();
                readFully(channel, dataBegin + at - buffer.remaining(), buffer);
                pieces.take(buffer.flip().order(ByteOrder.LITTLE_ENDIAN));
            }
        }
    }

    /** Fills {@code to} with the bytes of a tensor that begin at an offset in it; it MUST have so many. */
    void read(TensorEntry t, long offset, ByteBuffer to) throws IOException {
        try (FileChannel channel = open()) {
            readFully(channel, dataBegin + t.begin() + offset, to);
        }
    }

    /** Reads a tensor straight into memory. */
    void read(TensorEntry t, List<ByteBuffer> destinations) throws IOException {
        long room = destinations.stream().mapToLong(ByteBuffer::remaining).sum();
        if (room != t.bytes()) {
            throw new Unsupported(
                    "tensor " + t.name(),
                    "the checkpoint has " + t.bytes() + " bytes, the program " + room
                            + "; resume with the old program");
        }
        try (FileChannel channel = open()) {
            long at = dataBegin + t.begin();
            for (ByteBuffer destination : new ArrayList<>(destinations)) {
                int bytes = destination.remaining();
                readFully(channel, at, destination);
                at += bytes;
            }
        }
    }

    private void readFully(FileChannel channel, long from, ByteBuffer to) throws IOException {
        int limit = to.limit();
        long at = from;
        while (to.position() < limit) {
            to.limit(Math.min(limit, to.position() + READ_BYTES));
            int n = channel.read(to, at);
            if (n < 0) {
                throw new EOFException(fileName() + " ends at byte " + at);
            }
            at += n;
        }
        to.limit(limit);
    }
}
