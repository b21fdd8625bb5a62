package dev.belay.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a checkpoint's {@code manifest.json} says.
 *
 * @param seq its place in the order of all checkpoints of the store: the number of the log record that commits it
 * @param parent seq of the checkpoint it continues, or 0
 * @param attempt id of the attempt that wrote it
 * @param step updates done
 * @param epoch epochs done, with a fraction; NaN where unknown
 * @param created when it was written
 * @param fingerprint what a resume is compared with
 * @param notes the caller's own
 * @param files all other files of the directory
 */
public record Manifest(
        long seq,
        long parent,
        String attempt,
        long step,
        double epoch,
        Instant created,
        Map<String, String> fingerprint,
        Map<String, String> notes,
        List<FileEntry> files) {

    /**
     * One file.
     *
     * @param size in bytes
     * @param crc32c of each block of {@link ChecksummedChannel#BLOCK_BYTES} bytes, the last one shorter
     */
    public record FileEntry(String name, long size, List<Integer> crc32c) {
        public FileEntry {
            crc32c = List.copyOf(crc32c);
        }
    }

    public Manifest {
        fingerprint = Map.copyOf(fingerprint);
        notes = Map.copyOf(notes);
        files = List.copyOf(files);
    }

    /** Returns how many bytes the files hold. */
    public long bytes() {
        return files.stream().mapToLong(FileEntry::size).sum();
    }
}
