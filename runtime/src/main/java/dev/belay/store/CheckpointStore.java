package dev.belay.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The checkpoints of one output directory. Thread-safe. */
public final class CheckpointStore {

    /** How often a log that grows meanwhile is looked at, before it is taken as it is. */
    private static final int LOOKS = 100;

    private final Path directory;
    private final Directories directories;
    private final Disk disk;
    private final Supplier<String> ids;
    private final Clock clock;
    private final CommitLog log;
    private final boolean readOnly;
    private List<String> logDamage = List.of();
    private List<String> uncommitted = List.of();

    private CheckpointStore(Path directory, Clock clock, Supplier<String> ids, Disk disk, boolean readOnly) {
        this.directory = directory;
        this.directories = new Directories(directory, disk, ids);
        this.disk = disk;
        this.ids = ids;
        this.clock = clock;
        this.readOnly = readOnly;
        this.log = new CommitLog(directory.resolve(FileNames.BELAY).resolve(FileNames.LOG), disk, ids);
    }

    /**
     * Opens a store for writing; creates what is missing and tries what it builds on.
     *
     * @throws StoreProblem if the directory or its file system cannot be used
     */
    public static CheckpointStore open(Path directory, Clock clock) throws StoreProblem, IOException {
        return open(directory, clock, CheckpointStore::randomId, new LocalDisk());
    }

    static CheckpointStore open(Path directory, Clock clock, Supplier<String> ids, Disk disk)
            throws StoreProblem, IOException {
        CheckpointStore store = new CheckpointStore(directory, clock, ids, disk, false);
        store.createDirectories();
        store.read();
        new Probe(store.directories, disk, store.log).run();
        return store;
    }

    /**
     * Opens a store for reading; creates, changes and tries nothing.
     *
     * @throws StoreProblem if there is none, or one of a later version
     */
    public static CheckpointStore openReadOnly(Path directory) throws StoreProblem, IOException {
        if (!Files.isDirectory(directory)) {
            throw new StoreProblem(
                    "found no directory " + directory + ", expected one with checkpoints; check the path");
        }
        CheckpointStore store =
                new CheckpointStore(directory, Clock.systemUTC(), CheckpointStore::randomId, new LocalDisk(), true);
        store.read();
        return store;
    }

    private static String randomId() {
        return UUID.randomUUID().toString().substring(0, 13);
    }

    private void createDirectories() throws StoreProblem, IOException {
        if (Files.exists(directory)) {
            Access.check(directory);
        }
        List<Path> missing = new ArrayList<>();
        Path logDirectory =
                directory.resolve(FileNames.BELAY).resolve(FileNames.LOG).toAbsolutePath();
        for (Path p = logDirectory; p != null && !Files.exists(p); p = p.getParent()) {
            missing.add(0, p);
        }
        try {
            for (Path p : missing) {
                create(p);
            }
        } catch (IOException e) {
            throw new StoreProblem(
                    "cannot create " + logDirectory + " (" + e + "); choose an output_dir that can be written", e);
        }
        Access.check(directory);
        Access.check(logDirectory.getParent());
        Access.check(logDirectory);
    }

    private void create(Path path) throws IOException {
        try {
            disk.createDirectory(path);
            disk.syncDirectory(path.getParent());
        } catch (FileAlreadyExistsException e) {
            return; // another program that starts at the same time; whose it is is checked next
        }
    }

    /** A program that runs may commit between a look at the log and one at the directories: both MUST be of one moment. */
    private void read() throws StoreProblem, IOException {
        boolean logged = !readOnly || Files.isDirectory(log.directory());
        long last = -1;
        for (int i = 0; i < LOOKS && last != log.last(); i++) {
            if (logged) {
                log.refresh();
            }
            last = log.last();
            Inventory inventory = inventory();
            logDamage = List.copyOf(LogDamage.lines(log, inventory));
            uncommitted = List.copyOf(LogDamage.uncommitted(log, inventory));
            if (logged) {
                log.refresh();
            }
        }
    }

    private Inventory inventory() throws IOException {
        return new Inventory(directory, log);
    }

    /**
     * Begins an attempt, which fences all earlier ones, and finishes what they have left half done.
     *
     * @param info what the program says about itself to one that is fenced by it
     * @throws Fenced if a later attempt has begun meanwhile
     */
    public Attempt begin(Map<String, String> info) throws IOException, StoreProblem {
        return begin(info, last -> true).orElseThrow();
    }

    /**
     * As {@link #begin(Map)}, if the last attempt may be fenced.
     *
     * @param free tells of the last attempt whether it is over; not asked where there was none
     * @return empty if it is not: then nothing was changed
     */
    public Optional<Attempt> begin(Map<String, String> info, Predicate<LastAttempt> free)
            throws IOException, StoreProblem {
        if (readOnly) {
            throw new IllegalStateException("the store was opened for reading");
        }
        synchronized (log) {
            log.refresh();
            Optional<LogRecord> start = log.start(
                    LogRecord.started(ids.get(), clock.instant(), info),
                    inventory().lastSeq(),
                    () -> LastAttempt.of(log).map(free::test).orElse(true));
            return start.isEmpty() ? Optional.empty() : Optional.of(begun(start.get()));
        }
    }

    private Attempt begun(LogRecord start) throws IOException, StoreProblem {
        try {
            new Recovery(log, directories, start).run();
        } catch (IOException e) {
            log.refresh();
            log.checkFence(start); // a later attempt that does the same work explains the failure
            throw e;
        }
        return new Attempt(log, directories, disk, clock, start);
    }

    /** Returns the last attempt, as the log knew it when it was read last; empty if there was none. */
    public Optional<LastAttempt> lastAttempt() {
        synchronized (log) {
            return LastAttempt.of(log);
        }
    }

    /** Returns what was wrong with the commit log when the store was opened, one line each. */
    public List<String> logDamage() {
        return logDamage;
    }

    /** Returns which complete directories were not committed when the store was opened, one line each. */
    public List<String> uncommitted() {
        return uncommitted;
    }

    /** Returns the committed checkpoints that are neither deleted nor set aside, newest first. */
    public List<Committed> committed() throws IOException {
        synchronized (log) {
            return inventory().live().stream().map(Inventory.Live::committed).toList();
        }
    }

    /** Returns the checkpoint with that seq and those that led to it, as far as they still exist, newest first. */
    public List<Committed> lineage(long seq) throws IOException {
        synchronized (log) {
            return inventory().lineage(seq).stream()
                    .map(Inventory.Live::committed)
                    .toList();
        }
    }

    /** Returns the intact records of the commit log, in their order. */
    public List<LogRecord> records() {
        synchronized (log) {
            return List.copyOf(log.records());
        }
    }

    /** Returns what attempts have noted about themselves, by the number of their first record. */
    public Map<Long, Map<String, Object>> notes() throws IOException {
        return new AttemptNotes(log.directory().getParent(), disk).read();
    }

    /** Returns all that there is, committed checkpoints first, newest first. */
    public List<Entry> entries() throws IOException {
        synchronized (log) {
            return Entries.of(inventory());
        }
    }

    /** Returns the seqs of the checkpoints with which an attempt came to the end of its training. */
    public Set<Long> finished() {
        synchronized (log) {
            return FinalCheckpoints.of(log.records());
        }
    }

    public Path directory() {
        return directory;
    }

    /** Compares every byte of a checkpoint with its manifest. Damage of any kind is a result, not an exception. */
    public static VerifyResult verify(Path checkpoint) {
        return verify(checkpoint, (done, total) -> {});
    }

    /** As {@link #verify(Path)}; tells how far it has come after each block. */
    public static VerifyResult verify(Path checkpoint, Progress progress) {
        return Verification.of(checkpoint, progress);
    }

    /** Says that a checkpoint is being read, so that no other program's retention deletes it meanwhile. */
    public static Reading reading(Path checkpoint) {
        return Reading.of(checkpoint);
    }

    /**
     * Reads a checkpoint's manifest.
     *
     * @throws StoreProblem if it cannot be trusted: damaged, missing, or in a directory that others can change
     */
    public static Manifest manifest(Path checkpoint) throws StoreProblem, IOException {
        Access.check(checkpoint);
        try {
            return ManifestFile.read(checkpoint).manifest();
        } catch (Damage e) {
            throw new StoreProblem(
                    checkpoint.resolve(ManifestFile.NAME) + ": " + e.getMessage() + "; choose another checkpoint", e);
        }
    }
}
