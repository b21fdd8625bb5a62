package dev.belay.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A disk on which the n-th operation is the last: the process is gone, and with a power failure also what was not made
 * durable. Syncs do nothing but count, so that thousands of runs are quick.
 */
final class CrashingDisk extends ForwardingDisk {

    /** The process is gone. No Exception, so that no code of the store handles it. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    private interface Undo {
        void run(Path now) throws IOException;
    }

    /**
     * A change of a directory that is not durable before that directory is synced.
     *
     * @param path what was changed, by its name at that time
     * @param since how many names of {@link #renames} there were at that time
     */
    private record Change(Path path, int since, Undo undo) {}

    private final Path limbo;
    private final long lastOperation;
    private final Random random;
    private long operations;
    private final Deque<Change> changes = new ArrayDeque<>();
    private final Map<FileChannel, Path> open = new HashMap<>();
    private final Set<Path> unsyncedFiles = new HashSet<>();
    private final List<Path> renames = new ArrayList<>();

    /** @param limbo where deleted files are kept until their directory is synced */
    CrashingDisk(Path limbo, long lastOperation, Random random) {
        super(new LocalDisk());
        this.limbo = limbo;
        this.lastOperation = lastOperation;
        this.random = random;
    }

    long operations() {
        return operations;
    }

    private void count() {
        if (++operations > lastOperation) {
            throw new Killed();
        }
    }

    /** A rename moves with it what is not durable yet: paths are looked up at the time of the failure. */
    private Path now(Path then, int since) {
        Path path = then;
        for (int i = since; i < renames.size(); i += 2) {
            if (path.startsWith(renames.get(i))) {
                path = renames.get(i + 1).resolve(renames.get(i).relativize(path));
            }
        }
        return path;
    }

    private void changed(Path path, Undo undo) {
        changes.push(new Change(path, renames.size(), undo));
    }

    @Override
    public void createDirectory(Path directory) throws IOException {
        count();
        super.createDirectory(directory);
        changed(directory, CrashingDisk::deleteAll);
    }

    private static void deleteAll(Path directory) throws IOException {
        for (Path child : Directories.children(directory)) {
            if (Files.isDirectory(child)) {
                deleteAll(child);
            } else {
                Files.delete(child);
            }
        }
        Files.delete(directory);
    }

    @Override
    public FileChannel create(Path file) throws IOException {
        count();
        FileChannel channel = super.create(file);
        open.put(channel, file);
        unsyncedFiles.add(file);
        changed(file, Files::deleteIfExists);
        return channel;
    }

    @Override
    public void write(FileChannel channel, ByteBuffer bytes) throws IOException {
        if (operations + 1 > lastOperation) {
            super.write(channel, bytes.slice(0, bytes.remaining() / 2));
        }
        count();
        unsyncedFiles.add(open.get(channel));
        super.write(channel, bytes);
    }

    @Override
    public void sync(FileChannel channel) {
        count();
        unsyncedFiles.remove(open.get(channel));
    }

    @Override
    public void syncDirectory(Path directory) {
        count();
        changes.removeIf(c -> now(c.path().getParent(), c.since()).equals(directory));
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        count();
        super.rename(from, to);
        renames.add(from);
        renames.add(to);
        changed(to, now -> {
            renames.add(now);
            renames.add(from);
            Files.move(now, from);
        });
    }

    @Override
    public void link(Path file, Path name) throws IOException {
        count();
        super.link(file, name);
        changed(name, Files::delete);
    }

    @Override
    public void delete(Path path) throws IOException {
        count();
        if (Files.isDirectory(path)) {
            super.delete(path);
            changed(path, now -> new LocalDisk().createDirectory(now));
        } else {
            if (!Files.exists(path)) {
                super.delete(path); // fails as it should
            }
            Path kept = limbo.resolve("deleted-" + operations);
            Files.move(path, kept);
            changed(path, now -> Files.move(kept, now));
        }
    }

    /** The power fails: some of the newest changes that are not durable are lost, and of files any part. */
    void loseUnsynced() throws IOException {
        for (Path file : unsyncedFiles) {
            Path path = now(file, 0);
            if (Files.exists(path) && Files.size(path) > 0) {
                StoreFiles.truncate(path, random.nextInt((int) Files.size(path)));
            }
        }
        for (int lost = random.nextInt(changes.size() + 1); lost > 0; lost--) {
            Change change = changes.pop();
            Path path = now(change.path(), change.since());
            if (!Files.exists(path.getParent())) {
                continue; // the directory is gone for good
            }
            try {
                change.undo().run(path);
            } catch (FileSystemException e) {
                throw new AssertionError("changes are undone in the reverse order, so that each can be", e);
            }
        }
    }
}
