package dev.belay.state;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * What a large tensor of arrays held at the last capture. Where the limit of memory leaves room it is an exact copy, so
 * that "it did not change" is a fact; elsewhere a checksum, which is only a guess, and the writer compares with the file.
 */
final class ArrayCopy {

    private static final int CHUNK_BYTES = 1 << 16;

    private final String dtype;
    private final long bytes;
    private final List<ByteBuffer> memory;
    private long version;
    private long checksum;
    private boolean filled;
    private long unchanged;
    private int changes;

    /** Tells versions apart: each is handed out once. */
    @FunctionalInterface
    interface Versions {
        long next();
    }

    /**
     * @param memory as many bytes, or none where there is no room
     * @param constant whether it is taken for one that does not change before it was seen twice
     */
    ArrayCopy(Elements of, List<ByteBuffer> memory, boolean constant) {
        this.dtype = of.dtype();
        this.bytes = of.bytes();
        this.memory = memory;
        this.unchanged = constant ? 1 : 0;
    }

    boolean fits(Elements elements) {
        return dtype.equals(elements.dtype()) && bytes == elements.bytes();
    }

    /** Returns whether there is a copy; if there is none, the live arrays MUST be written before they change. */
    boolean inMemory() {
        return !memory.isEmpty();
    }

    List<ByteBuffer> memory() {
        return memory;
    }

    /** Returns a number that changes whenever the elements may have changed. */
    long version() {
        return version;
    }

    /**
     * Returns whether it is taken for constant: at the second sight, and each time that this was wrong four times as late,
     * since the file of all constant arrays is written anew whenever one of them joins or leaves.
     */
    boolean constant() {
        return unchanged >= 1L << Math.min(2 * changes, 62);
    }

    /** Looks at the arrays again. */
    void update(Elements elements, ByteBuffer scratch, Versions versions) {
        boolean first = !filled;
        long before = version;
        boolean changed = inMemory() ? copy(elements, scratch, versions) : guess(elements, scratch);
        if (!inMemory()) {
            version = versions.next();
        } else if (changed && before == version) {
            throw new IllegalStateException("an array changed without a new version");
        }
        if (first) {
            return;
        } else if (changed) {
            changes++;
            unchanged = 0;
        } else {
            unchanged++;
        }
    }

    /** Compares by blocks that stay in the processor's cache, up to the first that differs; from there on it copies. */
    private boolean copy(Elements elements, ByteBuffer scratch, Versions versions) {
        boolean changed = !filled;
        if (changed) {
            version = versions.next();
        }
        elements.rewind();
        for (ByteBuffer piece : memory) {
            int n;
            for (int at = 0; at < piece.capacity(); at += n) {
                n = changed ? piece.capacity() - at : Math.min(CHUNK_BYTES, piece.capacity() - at);
                ByteBuffer kept = piece.slice(at, n);
                if (changed) {
                    elements.read(kept);
                    continue;
                }
                elements.read(scratch.clear().limit(n));
                if (kept.mismatch(scratch.flip()) >= 0) {
                    version = versions.next(); // before anything is overwritten: the copy may be left half made
                    changed = true;
                    kept.put(scratch);
                }
            }
        }
        filled = true;
        return changed;
    }

    private boolean guess(Elements elements, ByteBuffer scratch) {
        CRC32C crc = new CRC32C();
        elements.rewind();
        for (long left = bytes; left > 0; left -= scratch.limit()) {
            elements.read(scratch.clear().limit((int) Math.min(CHUNK_BYTES, left)));
            crc.update(scratch.flip());
        }
        boolean changed = !filled || crc.getValue() != checksum;
        checksum = crc.getValue();
        filled = true;
        return changed;
    }
}
