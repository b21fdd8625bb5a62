package dev.belay.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * One process life of a job: the only one that may write to the store until a later attempt begins. From then on every
 * method throws {@link Fenced}, also one that is running; what was committed before stays committed. Thread-safe.
 */
public final class Attempt {

    private final CommitLog log;
    private final Directories directories;
    private final Disk disk;
    private final Clock clock;
    private final LogRecord start;
    private final AttemptNotes notes;

    Attempt(CommitLog log, Directories directories, Disk disk, Clock clock, LogRecord start) {
        this.log = log;
        this.directories = directories;
        this.disk = disk;
        this.clock = clock;
        this.start = start;
        this.notes = new AttemptNotes(log.directory().getParent(), disk);
    }

    /** Returns what names this attempt in manifests and in the log. */
    public String id() {
        return start.attempt();
    }

    /**
     * Starts to write a checkpoint. Nothing of it is seen by others before it is committed.
     *
     * @throws IOException if there is no room, or no right to write
     */
    public CheckpointWriter write(long step) throws IOException {
        synchronized (log) {
            refresh();
            Path temporary = directories.resolve(directories.temporary(start.number()));
            disk.createDirectory(temporary);
            return new CheckpointWriter(this, directories, disk, temporary, step);
        }
    }

    /** Returns a file of a committed checkpoint, for another one to share; empty if there is none of that name and size. */
    Optional<SharedFile> file(long seq, String name) throws IOException {
        synchronized (log) {
            return inventory()
                    .live(seq)
                    .flatMap(Inventory.Live::directory)
                    .flatMap(d -> SharedFile.of(directories.resolve(d), seq, name));
        }
    }

    /**
     * Deletes a checkpoint, first in the log. One that is already gone is left alone, and so is one that is being read.
     *
     * @return whether it is gone
     * @throws IllegalArgumentException if it is the newest one: that MUST stay
     */
    public boolean delete(Committed checkpoint) throws IOException {
        synchronized (log) {
            Inventory inventory = inventory();
            Optional<Inventory.Live> live = inventory.live(checkpoint.seq());
            if (live.isEmpty()) {
                return true;
            } else if (inventory.live().get(0).commit().seq() == checkpoint.seq()) {
                throw new IllegalArgumentException(checkpoint.directoryName() + " is the newest checkpoint");
            }
            Optional<String> directory = live.get().directory();
            if (directory.isPresent() && Reading.isRead(directories, disk, directory.get())) {
                return false;
            }
            append(about(LogRecord.Kind.DELETED, live.get().commit()));
            if (directory.isPresent()) {
                discard(directory.get(), live.get().commit().sha256());
            }
            return true;
        }
    }

    /**
     * Deletes a directory that is no checkpoint of the order: one that was set aside as damaged, or never committed.
     *
     * @return false, with everything as it was, if it may be one after all, or is gone
     */
    public boolean deleteAside(String directoryName) throws IOException {
        synchronized (log) {
            Inventory inventory = inventory();
            if (!inventory.directories().containsKey(directoryName) || inventory.mayBeCommitted(directoryName)) {
                return false;
            }
            Optional<ManifestFile> manifest = inventory.directories().get(directoryName);
            discard(directoryName, manifest.map(ManifestFile::sha256).orElse(""));
            return !directories.exists(directoryName);
        }
    }

    /**
     * Deletes a checkpoint that failed verification, also if it is the newest one: first it is taken out of the order.
     *
     * @return whether it is gone
     */
    public boolean deleteDamaged(Committed checkpoint) throws IOException {
        synchronized (log) {
            setAsideDamaged(checkpoint);
            return deleteAside(FileNames.damaged(checkpoint.step(), checkpoint.seq()));
        }
    }

    private void discard(String name, String sha256) throws IOException {
        try {
            directories.discard(name, sha256, start.number());
        } catch (IOException e) {
            throw explained(e);
        }
    }

    /** Takes a checkpoint that failed verification out of the order, first in the log; its directory is kept. */
    public void setAsideDamaged(Committed checkpoint) throws IOException {
        synchronized (log) {
            Optional<Inventory.Live> live = inventory().live(checkpoint.seq());
            if (live.isEmpty()) {
                return;
            }
            LogRecord commit = live.get().commit();
            append(about(LogRecord.Kind.SET_ASIDE, commit));
            if (live.get().directory().isPresent()) {
                String aside = FileNames.damaged(commit.step(), commit.seq());
                move(live.get().directory().get(), aside, commit);
            }
        }
    }

    private void move(String from, String to, LogRecord commit) throws IOException {
        try {
            directories.move(from, to, commit.sha256());
        } catch (IOException e) {
            throw explained(e);
        }
    }

    /** Notes that the program has come to the end of its training. */
    public void finished(long step) throws IOException {
        synchronized (log) {
            append(LogRecord.about(LogRecord.Kind.FINISHED, start.attempt(), clock.instant(), 0, step));
        }
    }

    /**
     * Notes facts about this attempt beside the log, in place of those noted before. They are for people: nothing is
     * decided by them, a reader may find none, and they are not made durable.
     *
     * @param facts as of a {@link JsonFile}
     */
    public void note(Map<String, ?> facts) throws IOException {
        notes.write(start.number(), facts);
    }

    private LogRecord about(LogRecord.Kind kind, LogRecord commit) {
        return LogRecord.about(kind, start.attempt(), clock.instant(), commit.seq(), commit.step());
    }

    Clock clock() {
        return clock;
    }

    Object lock() {
        return log;
    }

    /** Returns the seq that a checkpoint committed next will have. The lock MUST be held until it is committed. */
    long nextSeq() throws IOException {
        refresh();
        return log.last() + 1;
    }

    /** Gives a complete and durable directory its name and commits it. The lock MUST be held. */
    Committed publish(Path written, ManifestFile file, Map<String, String> remarks) throws IOException {
        Manifest m = file.manifest();
        String place = FileNames.checkpoint(m.step());
        boolean placed = false;
        try {
            long superseded = makeRoom(place);
            disk.rename(written, directories.resolve(place));
            placed = true;
            directories.sync();
            append(LogRecord.committed(file, clock.instant(), superseded, remarks));
            return new Committed(place, m.seq(), m.parent(), m.step(), m.attempt(), file.sha256());
        } catch (IOException e) {
            undo(placed ? Optional.of(place) : Optional.empty(), file, e);
            throw e;
        }
    }

    /** Returns the seq of the checkpoint that has made room, or 0. */
    private long makeRoom(String place) throws IOException {
        if (!directories.exists(place)) {
            return 0;
        }
        Inventory inventory = inventory();
        Optional<Inventory.Live> occupant = inventory.liveIn(place);
        if (occupant.isEmpty()) {
            directories.setAsideUncommitted(place, inventory.directories().getOrDefault(place, Optional.empty()));
            return 0;
        }
        LogRecord commit = occupant.get().commit();
        directories.move(place, FileNames.superseded(commit.step(), commit.seq()), commit.sha256());
        return commit.seq();
    }

    /** A fenced attempt MUST NOT touch anything any more, nor may one whose commit is in the log after all. */
    private void undo(Optional<String> placed, ManifestFile file, IOException failure) {
        try {
            refresh();
            if (log.records().stream().noneMatch(r -> r.sha256().equals(file.sha256()))) {
                if (placed.isPresent()) {
                    directories.discard(placed.get(), file.sha256(), start.number());
                }
                new Recovery(log, directories, start).restoreNames();
            }
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /** Returns a failure; throws {@link Fenced} if a later attempt explains it. */
    IOException explained(IOException failure) {
        synchronized (log) {
            try {
                refresh();
            } catch (IOException e) {
                failure.addSuppressed(e);
            }
            return failure;
        }
    }

    private void append(LogRecord draft) throws IOException {
        try {
            LogRecord made = log.append(draft, start);
            if (draft.kind() == LogRecord.Kind.COMMITTED && made.number() != draft.seq()) {
                throw new IllegalStateException("seq " + draft.seq() + " was committed as record " + made.number());
            }
        } catch (StoreProblem e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private void refresh() throws IOException {
        try {
            log.refresh();
            log.checkFence(start);
        } catch (StoreProblem e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private Inventory inventory() throws IOException {
        refresh();
        return new Inventory(directories.root(), log);
    }
}
