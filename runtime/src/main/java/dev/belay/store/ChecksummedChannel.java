package dev.belay.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/** Writes a file and computes its blocks' checksums on the way, while the bytes are in the cache. */
final class ChecksummedChannel implements WritableByteChannel {

    static final int BLOCK_BYTES = 1 << 20;

    private final Disk disk;
    private final FileChannel file;
    private final CRC32C crc = new CRC32C();
    private final List<Integer> blocks = new ArrayList<>();
    private long size;

    ChecksummedChannel(Disk disk, FileChannel file) {
        this.disk = disk;
        this.file = file;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        int written = bytes.remaining();
        while (bytes.hasRemaining()) {
            int n = Math.min(bytes.remaining(), BLOCK_BYTES - (int) (size % BLOCK_BYTES));
            ByteBuffer piece = bytes.slice(bytes.position(), n);
            crc.update(piece.duplicate());
            disk.write(file, piece);
            bytes.position(bytes.position() + n);
            size += n;
            if (size % BLOCK_BYTES == 0) {
                endBlock();
            }
        }
        return written;
    }

    private void endBlock() {
        blocks.add((int) crc.getValue());
        crc.reset();
    }

    /** Makes the file durable and returns its entry for the manifest. */
    Manifest.FileEntry finish(String name) throws IOException {
        if (size % BLOCK_BYTES != 0) {
            endBlock();
        }
        disk.sync(file);
        return new Manifest.FileEntry(name, size, blocks);
    }

    long size() {
        return size;
    }

    @Override
    public boolean isOpen() {
        return file.isOpen();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
