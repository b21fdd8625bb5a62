package dev.belay.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Random;
import java.util.UUID;
import java.util.function.LongSupplier;

/** Tries a directory as a store would use it, in a directory of its own that is deleted again. */
public final class DirectoryTrial {

    private static final int BLOCK_BYTES = 1 << 20;
    private static final String NAME = ".belay-trial-";
    private static final long SEED = 7;

    private DirectoryTrial() {}

    /**
     * Tries links, renames and fsync, then writes a file of that size until it is durable.
     *
     * @param inside an existing directory
     * @param nanos a clock
     * @return how long the writing took, in ns
     * @throws StoreProblem if the file system lacks what a store builds on
     */
    public static long run(Path inside, long bytes, LongSupplier nanos) throws StoreProblem, IOException {
        Disk disk = new LocalDisk();
        Path scratch = inside.resolve(NAME + UUID.randomUUID());
        Directories directories =
                new Directories(scratch, disk, () -> UUID.randomUUID().toString());
        try {
            disk.createDirectory(scratch);
            Path log = scratch.resolve(FileNames.LOG);
            disk.createDirectory(log);
            new Probe(
                            directories,
                            disk,
                            new CommitLog(log, disk, () -> UUID.randomUUID().toString()))
                    .run();
            long start = nanos.getAsLong();
            write(disk, scratch.resolve("file"), bytes);
            return nanos.getAsLong() - start;
        } finally {
            directories.delete(scratch);
        }
    }

    /** Random bytes: a file system that compresses would write zeros in no time. */
    private static void write(Disk disk, Path file, long bytes) throws IOException {
        byte[] block = new byte[BLOCK_BYTES];
        new Random(SEED).nextBytes(block);
        try (FileChannel channel = disk.create(file)) {
            for (long left = bytes; left > 0; left -= BLOCK_BYTES) {
                disk.write(channel, ByteBuffer.wrap(block, 0, (int) Math.min(BLOCK_BYTES, left)));
            }
            disk.sync(channel);
        }
    }

    /** Throws if anyone else may change what is in a directory. */
    public static void checkAccess(Path directory) throws StoreProblem, IOException {
        Access.check(directory);
    }
}
