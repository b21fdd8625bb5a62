package dev.belay.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;

/**
 * A file of a committed checkpoint that a later one takes over. Both have all of it: to delete one of the names leaves
 * the other, and damage of the file damages both.
 *
 * @param path where it is
 * @param entry what the manifest says of it
 */
record SharedFile(Path path, Manifest.FileEntry entry) {

    private static final Set<java.nio.file.OpenOption> READ =
            Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

    /** Returns a file of the checkpoint with that seq; empty if it is not there, or not as long as it should be. */
    static Optional<SharedFile> of(Path checkpoint, long seq, String name) {
        try {
            Manifest manifest = ManifestFile.read(checkpoint).manifest();
            Path path = checkpoint.resolve(name);
            return manifest.files().stream()
                    .filter(f -> manifest.seq() == seq && f.name().equals(name) && isWhole(path, f.size()))
                    .findFirst()
                    .map(f -> new SharedFile(path, f));
        } catch (Damage | IOException e) {
            return Optional.empty(); // a verification will say why; what cannot be shared is written
        }
    }

    private static boolean isWhole(Path path, long size) {
        return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                && path.toFile().length() == size;
    }

    /** Returns whether the file holds exactly these bytes. */
    boolean holds(CheckpointWriter.Content content) throws IOException {
        FileChannel file;
        try {
            file = FileChannel.open(path, READ);
        } catch (IOException e) {
            return false; // as in of
        }
        try (Comparison comparison = new Comparison(file)) {
            content.writeTo(comparison);
            return comparison.same() && comparison.at == entry.size();
        }
    }

    /** Returns whether the file has got the other name, too. A link whose answer was lost has worked. */
    boolean link(Disk disk, Path name) throws IOException {
        try {
            disk.link(path, name);
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            if (Files.exists(name, LinkOption.NOFOLLOW_LINKS)) {
                return Files.isSameFile(path, name);
            }
            return false; // too many names, no right to, none on this file system: it is copied
        }
    }

    /** Copies the file; returns false, with nothing left, if what was read is not what was written once. */
    boolean copy(Disk disk, Path to) throws IOException {
        Manifest.FileEntry copied;
        try (FileChannel from = FileChannel.open(path, READ);
                ChecksummedChannel channel = new ChecksummedChannel(disk, disk.create(to))) {
            ByteBuffer block = ByteBuffer.allocateDirect(ChecksummedChannel.BLOCK_BYTES);
            while (from.read(block) >= 0) {
                channel.write(block.flip());
                block.clear();
            }
            copied = channel.finish(entry.name());
        }
        if (!copied.equals(entry)) {
            disk.delete(to);
            return false;
        }
        return true;
    }

    /** Takes bytes as a file does, and compares them with those that a file has. */
    private static final class Comparison implements WritableByteChannel {

        private final FileChannel file;
        private final ByteBuffer block = ByteBuffer.allocateDirect(ChecksummedChannel.BLOCK_BYTES);
        private boolean same = true;
        private long at;

        Comparison(FileChannel file) {
            this.file = file;
        }

        boolean same() {
            return same;
        }

        @Override
        public int write(ByteBuffer bytes) {
            int taken = bytes.remaining();
            while (bytes.hasRemaining()) {
                int n = Math.min(bytes.remaining(), block.capacity());
                same = same && isNext(bytes.slice(bytes.position(), n));
                bytes.position(bytes.position() + n);
                at += n;
            }
            return taken;
        }

        private boolean isNext(ByteBuffer piece) {
            block.clear().limit(piece.remaining());
            try {
                while (block.hasRemaining()) {
                    if (file.read(block, at + block.position()) < 0) {
                        return false;
                    }
                }
            } catch (IOException e) {
                return false; // what cannot be read holds nothing
            }
            return block.flip().mismatch(piece) < 0;
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
}
