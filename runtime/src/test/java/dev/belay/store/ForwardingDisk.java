package dev.belay.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** A disk in front of another. */
class ForwardingDisk implements Disk {

    private final Disk behind;

    ForwardingDisk(Disk behind) {
        this.behind = behind;
    }

    @Override
    public void createDirectory(Path directory) throws IOException {
        behind.createDirectory(directory);
    }

    @Override
    public FileChannel create(Path file) throws IOException {
        return behind.create(file);
    }

    @Override
    public void write(FileChannel channel, ByteBuffer bytes) throws IOException {
        behind.write(channel, bytes);
    }

    @Override
    public void sync(FileChannel channel) throws IOException {
        behind.sync(channel);
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        behind.syncDirectory(directory);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        behind.rename(from, to);
    }

    @Override
    public void link(Path file, Path name) throws IOException {
        behind.link(file, name);
    }

    @Override
    public void delete(Path path) throws IOException {
        behind.delete(path);
    }
}
