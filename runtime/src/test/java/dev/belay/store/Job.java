package dev.belay.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Supplier;

/** One attempt as the engine makes it, on any disk, with seeded ids and a clock that stands still. */
final class Job {

    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T16:00:00Z"), ZoneOffset.UTC);

    private final CheckpointStore store;
    private final Attempt attempt;
    private final byte[] data = new byte[300];
    private boolean sharing;
    private long parent;

    private Job(CheckpointStore store, Attempt attempt) {
        this.store = store;
        this.attempt = attempt;
        new Random(0).nextBytes(data);
    }

    /** From now on each checkpoint has a file that never changes, shared with the one before where that has it. */
    Job sharing() {
        sharing = true;
        return this;
    }

    static Supplier<String> ids(long seed) {
        Random random = new Random(seed);
        return () -> {
            synchronized (random) {
                return String.format("%08x", random.nextInt());
            }
        };
    }

    static CheckpointStore open(Path directory, long seed, Disk disk) throws StoreProblem, IOException {
        return CheckpointStore.open(directory, CLOCK, ids(seed), disk);
    }

    static Job start(Path directory, long seed) throws StoreProblem, IOException {
        return start(directory, seed, new LocalDisk());
    }

    static Job start(Path directory, long seed, Disk disk) throws StoreProblem, IOException {
        CheckpointStore store = open(directory, seed, disk);
        return new Job(store, store.begin(Map.of("main", "demo.Test")));
    }

    CheckpointStore store() {
        return store;
    }

    Attempt attempt() {
        return attempt;
    }

    /** Goes on from the newest intact checkpoint; sets the damaged ones aside. Returns its step, or 0. */
    long resume() throws IOException {
        List<Committed> damaged = new ArrayList<>();
        long step = 0;
        for (Committed c : store.committed()) {
            if (CheckpointStore.verify(path(c)).intact()) {
                parent = c.seq();
                step = c.step();
                break;
            }
            damaged.add(c);
        }
        for (Committed c : damaged) {
            attempt.setAsideDamaged(c);
        }
        return step;
    }

    Path path(Committed c) {
        return store.directory().resolve(c.directoryName());
    }

    Committed save(long step) throws IOException {
        return save(step, 100);
    }

    /** Writes and commits a checkpoint with some files, the first of that many bytes. */
    Committed save(long step, int bytes) throws IOException {
        try (CheckpointWriter writer = attempt.write(step)) {
            byte[] model = new byte[bytes];
            new Random(step).nextBytes(model);
            writer.file("model.safetensors", channel -> {
                channel.write(ByteBuffer.wrap(model, 0, bytes / 2));
                channel.write(ByteBuffer.allocateDirect(bytes - bytes / 2)
                        .put(model, bytes / 2, bytes - bytes / 2)
                        .flip());
            });
            if (sharing && !writer.share("data.safetensors", parent)) {
                writer.file("data.safetensors", data);
            }
            writer.file("loop.kryo", "position " + step);
            writer.file(
                    "trainer_state.json", TrainerState.of(step, step / 100.0).text());
            Committed committed = writer.commit(info(step, parent));
            parent = committed.seq();
            return committed;
        }
    }

    static ManifestInfo info(long step, long parent) {
        return new ManifestInfo(step, step / 100.0, parent, Map.of("jdk", "17"), Map.of("steps", "" + step));
    }

    /** Returns what may go of the line that leads to the last checkpoint. */
    List<Committed> surplus(int limit) throws IOException {
        return surplus(Retention.ofNewest(OptionalInt.of(limit)), Map.of());
    }

    /** As above; the metrics are by seq. */
    List<Committed> surplus(Retention retention, Map<Long, Double> metrics) throws IOException {
        return retention.surplus(store.lineage(parent), metrics);
    }
}
