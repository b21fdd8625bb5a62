package dev.belay.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** A disk on which one operation fails, once it is armed. */
final class FailingDisk extends SwiftDisk {

    private final int failing;
    private int operations = Integer.MIN_VALUE;

    /** @param failing number of the operation that fails, from 1 */
    FailingDisk(int failing) {
        this.failing = failing;
    }

    void arm() {
        operations = 0;
    }

    void disarm() {
        operations = Integer.MIN_VALUE;
    }

    /** Returns whether the operation was come to: one of many is got round without a failure. */
    boolean hasFailed() {
        return operations >= failing;
    }

    private void count() throws IOException {
        if (++operations == failing) {
            throw new IOException("No space left on device");
        }
    }

    @Override
    public void createDirectory(Path directory) throws IOException {
        count();
        super.createDirectory(directory);
    }

    @Override
    public FileChannel create(Path file) throws IOException {
        count();
        return super.create(file);
    }

    @Override
    public void write(FileChannel channel, ByteBuffer bytes) throws IOException {
        count();
        super.write(channel, bytes);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        count();
        super.rename(from, to);
    }

    @Override
    public void link(Path file, Path name) throws IOException {
        count();
        super.link(file, name);
    }
}
