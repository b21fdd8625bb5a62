package dev.belay.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** A disk on which a thread waits for its turn before each operation. */
final class TurnsDisk extends SwiftDisk {

    private final Turns turns;
    private final int thread;

    TurnsDisk(Turns turns, int thread) {
        this.turns = turns;
        this.thread = thread;
    }

    @Override
    public void createDirectory(Path directory) throws IOException {
        turns.take(thread);
        super.createDirectory(directory);
    }

    @Override
    public FileChannel create(Path file) throws IOException {
        turns.take(thread);
        return super.create(file);
    }

    @Override
    public void write(FileChannel channel, ByteBuffer bytes) throws IOException {
        turns.take(thread);
        super.write(channel, bytes);
    }

    @Override
    public void syncDirectory(Path directory) {
        turns.take(thread);
        super.syncDirectory(directory);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        turns.take(thread);
        super.rename(from, to);
    }

    @Override
    public void link(Path file, Path name) throws IOException {
        turns.take(thread);
        super.link(file, name);
    }

    @Override
    public void delete(Path path) throws IOException {
        turns.take(thread);
        super.delete(path);
    }
}
