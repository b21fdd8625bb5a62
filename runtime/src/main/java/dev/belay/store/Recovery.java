package dev.belay.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Finishes what killed attempts have left half done, at the start of an attempt. Everything it does can be done again,
 * by this attempt or by a later one that runs at the same time.
 */
final class Recovery {

    private final CommitLog log;
    private final Directories directories;
    private final LogRecord start;

    Recovery(CommitLog log, Directories directories, LogRecord start) {
        this.log = log;
        this.directories = directories;
        this.start = start;
    }

    void run() throws IOException {
        finishLast();
        restoreNames();
        cleanUp();
    }

    /** Only the last record can be unfinished; older ones MUST NOT touch what the user has put there since. */
    private void finishLast() throws IOException {
        Optional<LogRecord> last = log.records().stream()
                .filter(r -> r.kind() != LogRecord.Kind.STARTED)
                .reduce((earlier, later) -> later);
        if (last.isEmpty()) {
            return;
        }
        Inventory inventory = inventory();
        Optional<LogRecord> about = inventory.commit(last.get().seq());
        if (about.isEmpty()) {
            return;
        }
        LogRecord commit = about.get();
        Optional<String> directory = inventory.find(
                commit,
                List.of(FileNames.superseded(commit.step(), commit.seq()), FileNames.checkpoint(commit.step())));
        if (directory.isEmpty()) {
            return;
        } else if (last.get().kind() == LogRecord.Kind.DELETED) {
            directories.discard(directory.get(), commit.sha256(), start.number());
        } else if (last.get().kind() == LogRecord.Kind.SET_ASIDE) {
            directories.move(directory.get(), FileNames.damaged(commit.step(), commit.seq()), commit.sha256());
        }
    }

    /** A checkpoint was renamed for a commit that never came, or by an attempt that was fenced meanwhile. */
    void restoreNames() throws IOException {
        Inventory inventory = inventory();
        for (Inventory.Live live : inventory.live()) {
            String proper = live.properName();
            if (live.directory().isEmpty() || live.directory().get().equals(proper)) {
                continue;
            }
            if (directories.exists(proper) && FileNames.isCheckpoint(proper)) {
                if (inventory.mayBeCommitted(proper)) {
                    continue; // it is found by its manifest wherever it is
                }
                directories.setAsideUncommitted(proper, inventory.directories().getOrDefault(proper, Optional.empty()));
            }
            directories.move(live.directory().get(), proper, live.commit().sha256());
        }
    }

    /** Deletes the temporaries of earlier attempts: they are dead, or fenced by our start. */
    private void cleanUp() throws IOException {
        for (Path file : Directories.children(log.directory())) {
            if (FileNames.isTemporaryBefore(file.getFileName().toString(), start.number())) {
                directories.delete(file);
            }
        }
        Inventory inventory = inventory();
        for (Path entry : Directories.children(directories.root())) {
            String name = entry.getFileName().toString();
            if (FileNames.isTemporaryBefore(name, start.number()) && !inventory.mayBeCommitted(name)) {
                directories.delete(entry);
            }
        }
    }

    private Inventory inventory() throws IOException {
        return new Inventory(directories.root(), log);
    }
}
