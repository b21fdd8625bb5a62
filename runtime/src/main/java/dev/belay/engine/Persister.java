package dev.belay.engine;

import dev.belay.engine.history.CommitRemarks;
import dev.belay.engine.telemetry.Telemetry;
import dev.belay.state.Snapshot;
import dev.belay.store.Attempt;
import dev.belay.store.CheckpointStore;
import dev.belay.store.CheckpointWriter;
import dev.belay.store.Committed;
import dev.belay.store.Fenced;
import dev.belay.store.ManifestInfo;
import dev.belay.store.Retention;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Writes snapshots on a thread of its own, one at a time. All methods but the writing itself are the training thread's. */
final class Persister {

    private static final long NONE = -1;

    private final AtomicLong cost = new AtomicLong(NONE);
    private final CheckpointStore store;
    private final Attempt attempt;
    private final Settings settings;
    private final Log log;
    private final ProgramFiles programFiles;
    private final Telemetry telemetry;
    private final ExecutorService writer;
    private Future<?> inFlight;
    private final SnapshotWriter snapshots;
    private volatile long parent;
    private volatile long trialBytes;

    /** @param parent seq of the checkpoint that this attempt goes on from, or 0 */
    Persister(
            CheckpointStore store,
            Attempt attempt,
            Settings settings,
            Log log,
            ProgramFiles files,
            Telemetry telemetry,
            SnapshotWriter snapshots,
            long parent) {
        this.store = store;
        this.attempt = attempt;
        this.settings = settings;
        this.log = log;
        this.programFiles = files;
        this.telemetry = telemetry;
        this.snapshots = snapshots;
        this.parent = parent;
        this.writer = Executors.newSingleThreadExecutor(task -> new OwnThread(task, "belay-writer"));
        Runtime.getRuntime().addShutdownHook(new Thread(this::await, "belay-shutdown"));
    }

    /** Does something small after what is being written. */
    void aside(Runnable task) {
        writer.execute(task);
    }

    /** Returns what the last checkpoint took, its stall and its writing together, in ns; once for each. */
    OptionalLong takeCost() {
        long taken = cost.getAndSet(NONE);
        return taken == NONE ? OptionalLong.empty() : OptionalLong.of(taken);
    }

    /** Returns whether a snapshot is still being written: its memory MUST NOT be used again. */
    synchronized boolean busy() {
        return inFlight != null && !inFlight.isDone();
    }

    /** Waits until nothing is being written. */
    void await() {
        Future<?> running;
        synchronized (this) {
            running = inFlight;
        }
        boolean interrupted = false;
        while (running != null && !running.isDone()) {
            try {
                running.get();
            } catch (InterruptedException e) {
                interrupted = true; // the snapshot's memory MUST NOT be used again before it is written
            } catch (ExecutionException e) {
                log.warn("the checkpoint writer failed: " + e.getCause());
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Starts to write a snapshot; returns when the program may go on: at once, unless memory was too small for a copy of
     * everything.
     *
     * @param stoodStill when the program came to a halt, as of {@link System#nanoTime}
     */
    void persist(Snapshot snapshot, ManifestInfo info, boolean last, long stoodStill) {
        long stallNanos = System.nanoTime() - stoodStill;
        telemetry.writing(true);
        synchronized (this) {
            inFlight = writer.submit(() -> {
                try {
                    write(snapshot, info, last, stoodStill, stallNanos);
                } catch (RuntimeException | Error e) {
                    log.warn("checkpoint-" + info.step() + " was not written: " + e
                            + "; training goes on, the next one is tried when it is due. Please report this");
                    telemetry.skipped(info.step(), "it was not written: " + e);
                } finally {
                    telemetry.writing(false);
                    snapshot.release();
                }
            });
        }
        snapshot.awaitRelease();
    }

    /** Writes a snapshot as a trial and drops it; returns when that is done. */
    void tryOut(Snapshot snapshot, ManifestInfo info) {
        // not on the training thread: one whose interrupt flag is set can write to no channel
        synchronized (this) {
            inFlight = writer.submit(() -> writeTrial(snapshot, info));
        }
        await();
    }

    /** Returns what the last trial wrote; 0 if none could be written. */
    long trialBytes() {
        return trialBytes;
    }

    private void writeTrial(Snapshot snapshot, ManifestInfo info) {
        try (CheckpointWriter files = attempt.write(info.step())) {
            snapshots.write(files, snapshot, info, parent);
            trialBytes = files.bytes();
            log.debug("trial save passed: " + size(files.bytes()));
        } catch (Fenced e) {
            fenced(e);
        } catch (IOException | RuntimeException | Error e) {
            log.warn("the trial save failed: " + e + "; training goes on, checkpoints are tried when they are due");
        }
    }

    private void write(Snapshot snapshot, ManifestInfo info, boolean last, long stoodStill, long stallNanos) {
        long start = System.nanoTime();
        try (CheckpointWriter files = attempt.write(info.step())) {
            long before = parent;
            ManifestInfo mine =
                    new ManifestInfo(info.step(), info.epoch(), line(info.step()), info.fingerprint(), info.notes());
            snapshots.write(files, snapshot, mine, before);
            if (!settings.saveOnlyModel()) {
                programFiles.force(mine.notes());
            }
            long stall = snapshot.held() == 0 ? stallNanos : snapshots.releasedNanos() - stoodStill;
            Committed committed = files.commit(
                    mine,
                    CommitRemarks.of(
                            info.epoch(), files.bytes(), files.sharedBytes(), stall, System.nanoTime() - start));
            parent = committed.seq();
            snapshots.committed(snapshot);
            long writeNanos = System.nanoTime() - start;
            cost.set(stall + writeNanos);
            log.info(line(committed, info, sizes(files), stall, writeNanos) + inStall(snapshot));
            telemetry.committed(info.step(), files.bytes(), files.sharedBytes(), stall, writeNanos);
            tidy(before, mine, last);
        } catch (IOException e) {
            log.warn("checkpoint-" + info.step() + " was not written: " + e
                    + "; training goes on, the next one is tried when it is due");
            telemetry.skipped(info.step(), "it was not written: " + e);
        } catch (Fenced e) {
            fenced(e);
        }
    }

    /** The checkpoint is committed: what fails here is tried again after the next one. */
    private void tidy(long before, ManifestInfo info, boolean last) {
        long step = info.step();
        try {
            if (!settings.saveOnlyModel()) { // a resume may still go back to a checkpoint before
                programFiles.committed(info.notes());
            }
            if (last) {
                attempt.finished(step);
            }
            deleteReplaced(before, step);
            deleteSurplus();
        } catch (IOException e) {
            log.warn("checkpoint-" + step + " is committed, but older ones could not be deleted: " + e
                    + "; that is tried again after the next one");
        }
    }

    /** One that stands for the checkpoint before it takes its place in the line of descent, too. */
    private long line(long step) throws IOException {
        for (Committed c : store.committed()) {
            if (c.seq() == parent && c.step() == step) {
                return c.parent();
            }
        }
        return parent;
    }

    /** The final checkpoint of a run may be of the same step as the one before: it stands for it. */
    private void deleteReplaced(long before, long step) throws IOException {
        for (Committed c : store.committed()) {
            if (c.seq() == before && c.step() == step) {
                attempt.delete(c);
            }
        }
    }

    /** The new one is committed before an old one goes. */
    private void deleteSurplus() throws IOException {
        List<Committed> surplus =
                new ArrayList<>(Retention.surplus(Lineage.of(store.committed(), parent), settings.saveTotalLimit()));
        Collections.reverse(surplus); // the oldest first: a kill between leaves no gap in the line of descent
        for (Committed old : surplus) {
            attempt.delete(old);
            log.debug("deleted " + old.directoryName());
        }
    }

    private void fenced(Fenced e) {
        log.error("FENCED " + e.getMessage());
        ExitCode.FENCED.end();
    }

    private static String sizes(CheckpointWriter files) {
        String written = size(files.bytes());
        return files.sharedBytes() == 0 ? written : written + " and " + size(files.sharedBytes()) + " unchanged";
    }

    private static String inStall(Snapshot snapshot) {
        return snapshot.held() == 0
                ? ""
                : "; " + size(snapshot.held()) + " had no room in snapshot_memory: written during the stall";
    }

    private static String line(Committed committed, ManifestInfo info, String size, long stallNanos, long writeNanos) {
        String epoch = Double.isNaN(info.epoch()) ? "" : String.format(Locale.ROOT, "epoch %.2f, ", info.epoch());
        return String.format(
                Locale.ROOT,
                "%s committed %s%s, stall %.1f ms, write %.1f ms",
                committed.directoryName(),
                epoch,
                size,
                stallNanos / 1e6,
                writeNanos / 1e6);
    }

    private static String size(long bytes) {
        return bytes < 1 << 20
                ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
