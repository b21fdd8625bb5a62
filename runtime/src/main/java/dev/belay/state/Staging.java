package dev.belay.state;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Memory that snapshots are copied into: allocated once and used again by the next capture. Not thread-safe. */
public final class Staging {

    private static final int BLOCK_BYTES = 64 << 20;

    private final List<ByteBuffer> blocks = new ArrayList<>();
    private final IntFunction<ByteBuffer> memory;
    private int block;
    private int expectedObjects = 1000;

    public Staging() {
        this(ByteBuffer::allocateDirect);
    }

    Staging(IntFunction<ByteBuffer> memory) {
        this.memory = memory;
    }

    /** Forgets what was staged. The snapshot that used it MUST have been persisted or dropped. */
    void reset() {
        block = 0;
        blocks.forEach(ByteBuffer::clear);
    }

    /** Returns memory for {@code bytes} bytes, in pieces whose lengths are multiples of {@code unit} bytes. */
    List<ByteBuffer> take(long bytes, int unit) {
        List<ByteBuffer> pieces = new ArrayList<>();
        long left = bytes;
        while (left > 0) {
            ByteBuffer current = blockWithRoom(left, unit);
            int n = (int) Math.min(left, current.remaining() / unit * (long) unit);
            ByteBuffer piece = current.slice(current.position(), n).order(ByteOrder.LITTLE_ENDIAN);
            current.position(align(current.position() + n, current.limit()));
            pieces.add(piece);
            left -= n;
        }
        return pieces;
    }

    private static int align(int position, int limit) {
        return Math.min(limit, (position + 63) & ~63);
    }

    private ByteBuffer blockWithRoom(long wanted, int unit) {
        while (block < blocks.size() && blocks.get(block).remaining() < unit) {
            block++;
        }
        if (block == blocks.size()) {
            int size = (int) Math.min(BLOCK_BYTES, Math.max(1 << 20, (wanted + 63) & ~63L));
            blocks.add(allocate(size).order(ByteOrder.LITTLE_ENDIAN));
        }
        return blocks.get(block);
    }

    private ByteBuffer allocate(int bytes) {
        try {
            return memory.apply(bytes);
        } catch (OutOfMemoryError e) {
            throw new Unsupported(
                    "memory for snapshots",
                    "found no room for " + (bytes >> 20) + " MiB more than the " + (capacityBytes() >> 20)
                            + " MiB in use; give the JVM more with -XX:MaxDirectMemorySize");
        }
    }

    /** Returns how many objects the capture before met. */
    int expectedObjects() {
        return expectedObjects;
    }

    void expectObjects(int count) {
        expectedObjects = count + count / 8;
    }

    /** Returns how many bytes are held. */
    public long capacityBytes() {
        return blocks.stream().mapToLong(ByteBuffer::capacity).sum();
    }
}
