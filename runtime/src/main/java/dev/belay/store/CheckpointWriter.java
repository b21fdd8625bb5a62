package dev.belay.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes one checkpoint: its files, then {@link #commit}. Closed without a commit, it leaves nothing behind. */
public final class CheckpointWriter implements AutoCloseable {

    /** Writes a file's bytes. The channel keeps no buffer that it was given. */
    @FunctionalInterface
    public interface Content {
        void writeTo(WritableByteChannel channel) throws IOException;
    }

    private final Attempt attempt;
    private final Directories directories;
    private final Disk disk;
    private final Path temporary;
    private final long step;
    private final List<Manifest.FileEntry> files = new ArrayList<>();
    private long bytes;
    private long sharedBytes;
    private boolean published;

    CheckpointWriter(Attempt attempt, Directories directories, Disk disk, Path temporary, long step) {
        this.attempt = attempt;
        this.directories = directories;
        this.disk = disk;
        this.temporary = temporary;
        this.step = step;
    }

    /**
     * Writes a file and makes it durable.
     *
     * @param name a plain file name, not used before
     */
    public void file(String name, Content content) throws IOException {
        if (!FileNames.isPlain(name)) {
            throw new IllegalArgumentException("'" + name + "' is no plain file name");
        }
        try (ChecksummedChannel channel = new ChecksummedChannel(disk, disk.create(temporary.resolve(name)))) {
            content.writeTo(channel);
            files.add(channel.finish(name));
            bytes += channel.size();
        } catch (IOException e) {
            throw attempt.explained(e);
        }
    }

    /** Writes a file of text in UTF-8 and makes it durable. */
    public void file(String name, String text) throws IOException {
        file(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes a file of bytes and makes it durable. */
    public void file(String name, byte[] content) throws IOException {
        file(name, channel -> channel.write(ByteBuffer.wrap(content)));
    }

    /**
     * Takes a file over from a committed checkpoint, as it is: as a second name of the same file, or as a copy of it where
     * the file system does not give it one.
     *
     * @param name a plain file name, not used before
     * @param seq names the checkpoint
     * @return false, with nothing changed, if that checkpoint has no such file or the file is seen to be damaged
     */
    public boolean share(String name, long seq) throws IOException {
        return share(name, seq, Optional.empty());
    }

    /** As {@link #share(String, long)}, if the file holds exactly the content given, which is compared byte by byte. */
    public boolean share(String name, long seq, Content content) throws IOException {
        return share(name, seq, Optional.of(content));
    }

    private boolean share(String name, long seq, Optional<Content> content) throws IOException {
        try {
            Optional<SharedFile> source = attempt.file(seq, name);
            if (source.isEmpty() || content.isPresent() && !source.get().holds(content.get())) {
                return false;
            }
            Path target = temporary.resolve(name);
            if (!source.get().link(disk, target) && !source.get().copy(disk, target)) {
                return false;
            }
            files.add(source.get().entry());
            sharedBytes += source.get().entry().size();
            return true;
        } catch (IOException e) {
            throw attempt.explained(e);
        }
    }

    /** Returns how many bytes were written so far, without the manifest. */
    public long bytes() {
        return bytes;
    }

    /** Returns how many bytes were taken over from another checkpoint. */
    public long sharedBytes() {
        return sharedBytes;
    }

    /**
     * Makes the checkpoint the newest one. It is durable when this returns.
     *
     * @throws IOException if it could not be committed: nothing has changed
     * @throws Fenced if a later attempt has begun
     */
    public Committed commit(ManifestInfo info) throws IOException {
        return commit(info, Map.of());
    }

    /**
     * As {@link #commit(ManifestInfo)}.
     *
     * @param remarks what the log says of it besides, for people
     */
    public Committed commit(ManifestInfo info, Map<String, String> remarks) throws IOException {
        if (info.step() != step || published) {
            throw new IllegalArgumentException(
                    published ? "it was committed already" : "step " + info.step() + " is not " + step);
        }
        synchronized (attempt.lock()) {
            Manifest manifest = new Manifest(
                    attempt.nextSeq(),
                    info.parent(),
                    attempt.id(),
                    step,
                    info.epoch(),
                    attempt.clock().instant(),
                    info.fingerprint(),
                    info.notes(),
                    files);
            Sealed sealed = ManifestFile.seal(manifest);
            try (ChecksummedChannel channel =
                    new ChecksummedChannel(disk, disk.create(temporary.resolve(ManifestFile.NAME)))) {
                channel.write(ByteBuffer.wrap(sealed.text()));
                channel.finish(ManifestFile.NAME);
            }
            disk.syncDirectory(temporary);
            Committed committed = attempt.publish(temporary, new ManifestFile(manifest, sealed.sha256()), remarks);
            published = true;
            return committed;
        }
    }

    /** Drops what was not committed. */
    @Override
    public void close() throws IOException {
        if (!published) {
            directories.delete(temporary);
        }
    }
}
