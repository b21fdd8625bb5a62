package dev.belay.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;

/** Compares every byte of a checkpoint's directory with its manifest. */
final class Verification {

    private final Path directory;
    private final Progress progress;
    private final List<String> damages = new ArrayList<>();
    private final ByteBuffer block = ByteBuffer.allocateDirect(ChecksummedChannel.BLOCK_BYTES);
    private long done;
    private long total;

    private Verification(Path directory, Progress progress) {
        this.directory = directory;
        this.progress = progress;
    }

    static VerifyResult of(Path directory, Progress progress) {
        Verification v = new Verification(directory, progress);
        v.run();
        return new VerifyResult(v.damages);
    }

    private void run() {
        if (!Files.isDirectory(directory)) {
            damages.add("found no directory " + directory);
            return;
        }
        Manifest manifest;
        try {
            manifest = ManifestFile.read(directory).manifest();
        } catch (Damage e) {
            damages.add(ManifestFile.NAME + ": " + e.getMessage());
            return;
        } catch (IOException e) {
            damages.add(ManifestFile.NAME + ": it cannot be read (" + e.getMessage() + ")");
            return;
        }
        total = manifest.bytes();
        extra(manifest);
        for (Manifest.FileEntry file : manifest.files()) {
            try {
                check(file);
            } catch (Damage e) {
                damages.add(file.name() + ": " + e.getMessage());
            } catch (IOException e) {
                damages.add(file.name() + ": it cannot be read (" + e.getMessage() + ")");
            }
        }
    }

    private void extra(Manifest manifest) {
        Set<String> known = new HashSet<>();
        known.add(ManifestFile.NAME);
        manifest.files().forEach(f -> known.add(f.name()));
        try {
            for (Path child : Directories.children(directory)) {
                if (!known.contains(child.getFileName().toString())) {
                    damages.add(child.getFileName() + ": it is not in the manifest; move it elsewhere");
                }
            }
        } catch (IOException e) {
            damages.add("the directory cannot be read (" + e.getMessage() + ")");
        }
    }

    private void check(Manifest.FileEntry entry) throws Damage, IOException {
        Path file = directory.resolve(entry.name());
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new Damage("it is missing");
        } else if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new Damage("it is no regular file");
        }
        try (FileChannel channel = FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            if (channel.size() != entry.size()) {
                throw new Damage("found " + channel.size() + " bytes, expected " + entry.size());
            }
            long blocks = (entry.size() + ChecksummedChannel.BLOCK_BYTES - 1) / ChecksummedChannel.BLOCK_BYTES;
            if (entry.crc32c().size() != blocks) {
                throw new Damage("found " + entry.crc32c().size() + " checksums, expected " + blocks);
            }
            for (int i = 0; i < blocks; i++) {
                check(file, channel, entry.crc32c().get(i), i);
            }
        }
    }

    /** Says whether other checkpoints hold the same damage: a file that did not change is theirs, too. */
    private static String sharers(Path file) throws IOException {
        int names = (int) Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS);
        return names > 1 ? "; " + names + " checkpoints share this file, and its damage" : "";
    }

    private void check(Path file, FileChannel channel, int expected, int index) throws Damage, IOException {
        long from = (long) index * ChecksummedChannel.BLOCK_BYTES;
        block.clear().limit((int) Math.min(block.capacity(), channel.size() - from));
        while (block.hasRemaining()) {
            if (channel.read(block, from + block.position()) < 0) {
                throw new Damage("it was truncated while it was read");
            }
        }
        CRC32C crc = new CRC32C();
        crc.update(block.flip());
        if ((int) crc.getValue() != expected) {
            throw new Damage("block " + index + " (bytes " + from + " to " + (from + block.limit() - 1)
                    + ") does not fit its checksum" + sharers(file));
        }
        done += block.limit();
        progress.read(done, total);
    }
}
