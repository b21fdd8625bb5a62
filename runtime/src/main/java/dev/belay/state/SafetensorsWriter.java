package dev.belay.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes a safetensors file front to back, from the memory that tensors are staged in. */
final class SafetensorsWriter {

    private static final int CHUNK_BYTES = 1 << 18;

    private SafetensorsWriter() {}

    static void write(List<StagedTensor> tensors, Map<String, String> aliases, WritableByteChannel to)
            throws IOException {
        List<StagedTensor> ordered = new ArrayList<>(tensors);
        ordered.sort(Comparator.comparingInt(t -> -Dtype.valueOf(t.dtype()).bytes())); // keeps all aligned
        byte[] json = header(ordered, aliases).json();
        ByteBuffer head = ByteBuffer.allocate(Long.BYTES + json.length).order(ByteOrder.LITTLE_ENDIAN);
        writeFully(head.putLong(json.length).put(json).flip(), to);
        for (StagedTensor t : ordered) {
            for (ByteBuffer piece : t.bytes()) {
                writeFully(piece.duplicate(), to);
            }
            if (t.live() != null) {
                writeLive(t.live(), to);
            }
        }
    }

    private static void writeLive(Elements elements, WritableByteChannel to) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(CHUNK_BYTES, elements.bytes()));
        elements.rewind();
        for (long left = elements.bytes(); left > 0; left -= chunk.limit()) {
            elements.read(chunk.clear().limit((int) Math.min(chunk.capacity(), left)));
            writeFully(chunk.flip(), to);
        }
    }

    private static SafetensorsHeader header(List<StagedTensor> ordered, Map<String, String> aliases) {
        List<TensorEntry> entries = new ArrayList<>();
        Set<String> names = new HashSet<>();
        long at = 0;
        for (StagedTensor t : ordered) {
            Dtype dtype = Dtype.valueOf(t.dtype());
            long bytes = dtype.bytes(t.shape());
            long staged = t.size();
            if (bytes != staged || !names.add(t.name()) || t.name().equals(SafetensorsHeader.METADATA)) {
                throw new IllegalStateException("tensor " + t.name() + " has " + staged + " bytes, expected " + bytes
                        + ", or its name is taken");
            }
            entries.add(new TensorEntry(t.name(), dtype, t.shape(), at, at + bytes));
            at += bytes;
        }
        aliases.forEach((name, of) -> {
            if (name.equals(SafetensorsHeader.FORMAT) || names.contains(name) || !names.contains(of)) {
                throw new IllegalStateException("alias " + name + " of " + of + ": taken, or of no tensor");
            }
        });
        return new SafetensorsHeader(entries, aliases);
    }

    private static void writeFully(ByteBuffer bytes, WritableByteChannel to) throws IOException {
        while (bytes.hasRemaining()) {
            to.write(bytes);
        }
    }
}
