package killtest;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What a disk can do to a file. A file that is a hard link is replaced, so that only this name is damaged. */
final class Damage {

    private Damage() {}

    /** Flips one bit; other checkpoints that share the file keep it as it was. */
    static void flipBit(Path file, long bit) {
        byte[] bytes = read(file);
        bytes[(int) (bit / 8 % bytes.length)] ^= (byte) (1 << bit % 8);
        replace(file, bytes);
    }

    /** Flips one bit of the file itself, also for all others that share it. */
    static void flipBitInPlace(Path file, long bit) {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.seek(bit / 8);
            int before = open.read();
            open.seek(bit / 8);
            open.write(before ^ 1 << bit % 8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Cuts a file off. */
    static void truncate(Path file, long length) {
        replace(file, Arrays.copyOf(read(file), (int) length));
    }

    /** Removes a file. */
    static void remove(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void replace(Path file, byte[] bytes) {
        try {
            Files.delete(file);
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
