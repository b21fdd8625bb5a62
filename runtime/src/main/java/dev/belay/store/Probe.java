package dev.belay.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Tries what the store builds on, so that a file system without it is refused before training. */
final class Probe {

    private static final int TRIES = 5;

    private final Directories directories;
    private final Disk disk;
    private final CommitLog log;

    Probe(Directories directories, Disk disk, CommitLog log) {
        this.directories = directories;
        this.disk = disk;
        this.log = log;
    }

    void run() throws StoreProblem, IOException {
        for (int i = 1; ; i++) {
            try {
                once();
                return;
            } catch (NoSuchFileException e) {
                if (i == TRIES) { // until then: another attempt began meanwhile and has cleaned up
                    throw e;
                }
            }
            log.refresh();
        }
    }

    private void once() throws StoreProblem, IOException {
        Path probe = directories.resolve(directories.temporary(log.last()));
        Path renamed = directories.resolve(directories.temporary(log.last()));
        try {
            disk.createDirectory(probe);
            link(probe);
            rename(probe, renamed);
            sync(renamed);
        } finally {
            directories.delete(probe);
            directories.delete(renamed);
        }
    }

    private void link(Path probe) throws StoreProblem, IOException {
        Path file = probe.resolve("file");
        Path name = probe.resolve("name");
        try (FileChannel channel = disk.create(file)) {
            disk.sync(channel);
        }
        try {
            disk.link(file, name);
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException | UnsupportedOperationException e) {
            throw refused("hard links", e);
        }
        try {
            disk.link(file, name);
        } catch (FileAlreadyExistsException e) {
            return;
        }
        throw new StoreProblem("found a file system at " + directories.root()
                + " that links over an existing name, expected exclusive hard links; choose another output_dir");
    }

    private void rename(Path probe, Path renamed) throws StoreProblem, IOException {
        try {
            disk.rename(probe, renamed);
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException | UnsupportedOperationException e) {
            throw refused("atomic renames of directories", e);
        }
    }

    private void sync(Path renamed) throws StoreProblem, IOException {
        try {
            disk.syncDirectory(renamed);
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException e) {
            throw refused("fsync of directories", e);
        }
    }

    private StoreProblem refused(String what, Exception e) {
        return new StoreProblem(
                "found a file system at " + directories.root() + " without " + what + " (" + e.getMessage()
                        + "), expected one with them; choose an output_dir on another file system",
                e);
    }
}
