package dev.belay.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;

/**
 * A file at a checkpoint.
 *
 * @param mode how it was opened last
 * @param length bytes; -1 if there was no such file
 * @param tail CRC32C of the last {@link #TAIL_BYTES} before {@code length}: whether they are still the same bytes
 * @param streams numbers of saved streams that were open on it; {@link #UNNUMBERED} for others
 */
record FileRecord(OpenMode mode, long length, long tail, List<Integer> streams) {

    static final long ABSENT = -1;
    static final int UNNUMBERED = 0;
    private static final int TAIL_BYTES = 1 << 16;

    /** Looks at a file as it is now. */
    static FileRecord of(Path file, OpenMode mode, List<Integer> streams) throws IOException {
        if (!Files.isRegularFile(file)) {
            return new FileRecord(mode, ABSENT, 0, streams);
        }
        long length = Files.size(file);
        return new FileRecord(mode, length, tail(file, length), streams);
    }

    private static long tail(Path file, long length) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(TAIL_BYTES, length));
            long at = length - bytes.capacity();
            while (bytes.hasRemaining() && channel.read(bytes, at + bytes.position()) >= 0) {
                continue;
            }
            CRC32C crc = new CRC32C();
            crc.update(bytes.flip());
            return crc.getValue();
        }
    }

    boolean exists() {
        return length != ABSENT;
    }

    boolean open() {
        return !streams.isEmpty();
    }

    /** Returns whether bytes that were written before are needed whatever the program does next. */
    boolean isNeeded() {
        return exists() && (open() || mode == OpenMode.APPEND);
    }

    /** Returns whether a file is as long as the recorded one; without it, its length is {@link #ABSENT}. */
    boolean hasLengthOf(Path file) throws IOException {
        return length == (Files.isRegularFile(file) ? Files.size(file) : ABSENT);
    }

    /** Returns whether a file begins with what was recorded. */
    boolean isIn(Path content) throws IOException {
        return Files.isRegularFile(content) && Files.size(content) >= length && tail(content, length) == tail;
    }

    /**
     * Throws if the first {@link #length} bytes of a file are not those that were recorded.
     *
     * @param content where they are now
     */
    void check(Path file, Path content) throws FileProblem, IOException {
        String todo =
                "; bring it back as it was, choose an older checkpoint, or set files=leave to care for it yourself";
        if (!Files.isRegularFile(content)) {
            throw new FileProblem(
                    file.toString(),
                    "the program wrote " + length + " bytes before the checkpoint, and it is gone" + todo);
        }
        long found = Files.size(content);
        if (found < length) {
            throw new FileProblem(
                    file.toString(), "found " + found + " bytes, expected the " + length + " of the checkpoint" + todo);
        } else if (tail(content, length) != tail) {
            throw new FileProblem(
                    file.toString(), "its first " + length + " bytes were changed since the checkpoint" + todo);
        }
    }

    /** Cuts a file back; MUST be checked before. */
    void cut(Path file) throws IOException {
        if (!exists()) {
            Files.deleteIfExists(file);
        } else if (Files.size(file) > length) {
            truncate(file, length);
        }
    }

    static void truncate(Path file, long length) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(length);
        }
    }

    /** Returns the text that {@link #parse} reads. */
    String text() {
        return mode.name().toLowerCase(Locale.ROOT) + " " + length + " " + Long.toHexString(tail)
                + (open() ? " open" + streams.stream().map(n -> " " + n).collect(Collectors.joining()) : "");
    }

    static FileRecord parse(String text) {
        String[] words = text.split(" ");
        return new FileRecord(
                OpenMode.valueOf(words[0].toUpperCase(Locale.ROOT)),
                Long.parseLong(words[1]),
                Long.parseLong(words[2], 16),
                Arrays.stream(words).skip(4).map(Integer::valueOf).toList());
    }
}
