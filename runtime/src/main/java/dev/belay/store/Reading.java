package dev.belay.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Says that a checkpoint is being read, so that retention of a program that runs meanwhile leaves it until the next time. The
 * mark is a file beside the log with a lock on it: whoever is killed leaves a mark that nobody holds. Where no file can be
 * made or locked, there is no protection. A reading that begins while the checkpoint is already being deleted finds it
 * missing.
 */
public final class Reading implements AutoCloseable {

    private static final String MARK = "reading-";
    private static final int MOST_NAMES = 100;
    private static final AtomicLong COUNT = new AtomicLong();

    /** Marks of this process: to close any other channel of such a file would give up its lock. */
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path mark;
    private final FileChannel held;

    /** @param mark null where there is none */
    private Reading(Path mark, FileChannel held) {
        this.mark = mark;
        this.held = held;
    }

    /** Marks a checkpoint; does nothing for one that is in no store. */
    static Reading of(Path checkpoint) {
        Path absolute = checkpoint.toAbsolutePath().normalize();
        Path own = absolute.resolveSibling(FileNames.BELAY);
        String name =
                MARK + absolute.getFileName() + "." + ProcessHandle.current().pid() + ".";
        for (int i = 0; i < MOST_NAMES && Files.isDirectory(own, LinkOption.NOFOLLOW_LINKS); i++) {
            Path file = own.resolve(name + COUNT.incrementAndGet());
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                return hold(file);
            }
        }
        return new Reading(null, null);
    }

    private static Reading hold(Path file) {
        OURS.add(file);
        try {
            Reading reading = new Reading(file, new LocalDisk().create(file));
            if (isLocked(reading.held)) {
                return reading;
            }
            reading.close();
        } catch (IOException e) {
            OURS.remove(file); // a directory that we may only read
        }
        return new Reading(null, null);
    }

    private static boolean isLocked(FileChannel channel) {
        try {
            return channel.tryLock() != null;
        } catch (IOException | UnsupportedOperationException e) {
            return false; // a file system without locks
        }
    }

    /** Returns whether anybody reads the checkpoint in a directory; forgets those who were killed. */
    static boolean isRead(Directories directories, Disk disk, String name) throws IOException {
        for (Path file : Directories.children(directories.resolve(FileNames.BELAY))) {
            if (file.getFileName().toString().startsWith(MARK + name + ".") && isHeld(file, disk)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isHeld(Path file, Disk disk) throws IOException {
        if (OURS.contains(file.toAbsolutePath().normalize())) {
            return true;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
                FileLock lock = channel.tryLock()) {
            if (lock != null) {
                disk.delete(file);
            }
            return lock == null;
        } catch (NoSuchFileException e) {
            return false; // its reader has just finished
        } catch (OverlappingFileLockException e) {
            return true;
        }
    }

    /** The checkpoint may be deleted from now on. */
    @Override
    public void close() {
        if (mark == null) {
            return;
        }
        try (held) {
            Files.deleteIfExists(mark);
        } catch (IOException e) {
            return; // nobody holds it any more, so that the next deletion removes it
        } finally {
            OURS.remove(mark);
        }
    }
}
