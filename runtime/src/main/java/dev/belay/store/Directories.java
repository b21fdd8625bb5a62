package dev.belay.store;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Renames and deletes the directories of a store. A name is no identity: another attempt may put another checkpoint in
 * its place at any time, so that a directory is looked at again after it was renamed to a name that nobody else uses.
 */
final class Directories {

    private final Path root;
    private final Disk disk;
    private final Supplier<String> ids;

    Directories(Path root, Disk disk, Supplier<String> ids) {
        this.root = root;
        this.disk = disk;
        this.ids = ids;
    }

    Path root() {
        return root;
    }

    Path resolve(String name) {
        return root.resolve(name);
    }

    boolean exists(String name) {
        return Files.exists(resolve(name), LinkOption.NOFOLLOW_LINKS);
    }

    /** Returns a name for a temporary directory of the attempt whose first record has that number. */
    String temporary(long attemptNumber) {
        return FileNames.temporary(attemptNumber, ids.get());
    }

    /**
     * Renames a directory if it holds the manifest with that digest or a damaged one. Returns false, with everything as
     * it was, if it is another one or gone.
     */
    boolean move(String from, String to, String sha256) throws IOException {
        try {
            disk.rename(resolve(from), resolve(to));
        } catch (NoSuchFileException e) {
            return false;
        }
        boolean right = false;
        try {
            right = ManifestFile.read(resolve(to)).sha256().equals(sha256);
        } catch (Damage e) {
            right = true; // any other checkpoint that takes this name is intact
        } finally {
            if (!right) {
                disk.rename(resolve(to), resolve(from));
            }
        }
        sync();
        return right;
    }

    /** Moves whatever is in the place of a checkpoint's name, and is not committed, out of the way. */
    void setAsideUncommitted(String name, Optional<ManifestFile> manifest) throws IOException {
        String base = FileNames.uncommitted(
                FileNames.step(name), manifest.map(m -> m.manifest().seq()).orElse(0L));
        String free = base;
        for (int i = 2; exists(free); i++) {
            free = base + "-" + i;
        }
        disk.rename(resolve(name), resolve(free));
        sync();
    }

    /** Deletes the checkpoint with that manifest, if it is still in that directory. */
    void discard(String name, String sha256, long attemptNumber) throws IOException {
        String trash = temporary(attemptNumber);
        if (move(name, trash, sha256)) {
            delete(resolve(trash));
        }
    }

    void sync() throws IOException {
        disk.syncDirectory(root);
    }

    /** Deletes a file, or a directory with all that is in it. What somebody else deletes meanwhile is no failure. */
    void delete(Path path) throws IOException {
        try {
            if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                for (Path child : children(path)) {
                    delete(child);
                }
            }
            disk.delete(path);
        } catch (NoSuchFileException | DirectoryNotEmptyException e) {
            return; // its owner, fenced by now, still works there, or another attempt has cleaned up: nothing is lost
        }
    }

    static List<Path> children(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.sorted().toList();
        }
    }
}
