package dev.belay.state;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * Memory that snapshots are copied into: allocated once and used again by the next capture. Arrays are given no more than
 * a limit; the tensors of frameworks are given what they need. Not thread-safe.
 */
public final class Staging {

    static final int BLOCK_BYTES = 64 << 20;
    private static final int LEAST_BLOCK_BYTES = 1 << 20;

    private final List<ByteBuffer> blocks = new ArrayList<>();
    /** Was kept for arrays that are gone. */
    private final List<ByteBuffer> spare = new ArrayList<>();

    private final IntFunction<ByteBuffer> memory;
    private final long limitBytes;
    private final ArrayCopies copies = new ArrayCopies(this);
    private long keptBytes;
    private int block;
    private int expectedObjects = 1000;

    /** As with no limit named: half of what the JVM gives to direct buffers. */
    public Staging() {
        this(OptionalLong.empty());
    }

    /** @param limitBytes how much arrays may take; empty for half of what the JVM gives to direct buffers */
    public Staging(OptionalLong limitBytes) {
        this(limitBytes.orElseGet(() -> HeapAccess.maxDirectMemory() / 2), ByteBuffer::allocateDirect);
    }

    Staging(long limitBytes, IntFunction<ByteBuffer> memory) {
        this.limitBytes = limitBytes;
        this.memory = memory;
    }

    /** Tells which arrays did not change in the run that is gone on with, by their tensors' names. */
    public void expectConstant(Set<String> names) {
        copies.expectConstant(names);
    }

    /** Tells in which order the rows of tensors were in the run that is gone on with: {@link HeapRestore#rows}. */
    public void expectRows(Map<String, int[]> rows) {
        copies.rows().expect(rows);
    }

    ArrayCopies copies() {
        return copies;
    }

    /** Forgets what was staged. The snapshot that used it MUST have been persisted or dropped. */
    void reset() {
        block = 0;
        blocks.forEach(ByteBuffer::clear);
        copies.begin();
    }

    /**
     * Returns memory for {@code bytes} bytes until the next {@link #reset}, in pieces whose lengths are multiples of
     * {@code unit} bytes.
     */
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

    /** As {@link #take}, but returns nothing where that would go beyond the limit. */
    List<ByteBuffer> takeWithinLimit(int bytes, int unit) {
        boolean room = false;
        for (int i = block; i < blocks.size(); i++) {
            room |= blocks.get(i).remaining() >= bytes;
        }
        try {
            return room || capacityBytes() + LEAST_BLOCK_BYTES <= limitBytes ? take(bytes, unit) : List.of();
        } catch (Unsupported e) {
            return List.of(); // the JVM's own limit is lower
        }
    }

    private static int align(int position, int limit) {
        return Math.min(limit, (position + 63) & ~63);
    }

    private ByteBuffer blockWithRoom(long wanted, int unit) {
        while (block < blocks.size() && blocks.get(block).remaining() < unit) {
            block++;
        }
        if (block == blocks.size()) {
            int size = (int) Math.min(BLOCK_BYTES, Math.max(LEAST_BLOCK_BYTES, (wanted + 63) & ~63L));
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

    /** Returns memory that lasts until it is freed, or nothing where the limit leaves no room for it. */
    List<ByteBuffer> keep(long bytes) {
        List<ByteBuffer> pieces = new ArrayList<>();
        for (long left = bytes; left > 0; left -= BLOCK_BYTES) {
            int n = (int) Math.min(left, BLOCK_BYTES);
            ByteBuffer piece = spare(n);
            if (piece == null) {
                piece = allocateWithinLimit(n);
            }
            if (piece == null) {
                free(pieces);
                return List.of();
            }
            keptBytes += piece.capacity();
            pieces.add(piece);
        }
        return pieces;
    }

    private ByteBuffer spare(int bytes) {
        for (Iterator<ByteBuffer> i = spare.iterator(); i.hasNext(); ) {
            ByteBuffer candidate = i.next();
            if (candidate.capacity() == bytes) {
                i.remove();
                return candidate;
            }
        }
        return null;
    }

    private ByteBuffer allocateWithinLimit(int bytes) {
        if (capacityBytes() + bytes > limitBytes) {
            spare.clear(); // of other sizes: the garbage collector takes them
        }
        if (capacityBytes() + bytes > limitBytes) {
            return null;
        }
        try {
            return memory.apply(bytes).order(ByteOrder.LITTLE_ENDIAN);
        } catch (OutOfMemoryError e) {
            return null; // the JVM's own limit is lower: as if it were ours
        }
    }

    /** Takes kept memory back. */
    void free(List<ByteBuffer> pieces) {
        pieces.forEach(p -> keptBytes -= p.capacity());
        spare.addAll(pieces);
    }

    /** Returns how many objects the capture before met. */
    int expectedObjects() {
        return expectedObjects;
    }

    /** Notes that a capture is complete. */
    void complete(int objects) {
        expectedObjects = objects + objects / 8;
        copies.end();
    }

    /** Returns how many bytes are held. */
    public long capacityBytes() {
        return keptBytes
                + blocks.stream().mapToLong(ByteBuffer::capacity).sum()
                + spare.stream().mapToLong(ByteBuffer::capacity).sum();
    }
}
