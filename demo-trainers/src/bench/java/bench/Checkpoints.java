package bench;

import dev.belay.state.Snapshot;
import dev.belay.state.SnapshotFiles;
import dev.belay.store.Attempt;
import dev.belay.store.CheckpointStore;
import dev.belay.store.CheckpointWriter;
import dev.belay.store.Committed;
import dev.belay.store.ManifestInfo;
import dev.belay.store.StoreProblem;
import dev.belay.store.TrainerState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Checkpoints written by Belay's store into one directory, and the raw reads and writes to compare with. */
final class Checkpoints {

    private final Path directory;
    private final CheckpointStore store;
    private final Attempt attempt;
    private final List<Double> commits = new ArrayList<>();
    private long step;

    Checkpoints(Path directory) throws IOException {
        this.directory = directory;
        try {
            store = CheckpointStore.open(directory, Clock.systemUTC());
            attempt = store.begin(Map.of());
        } catch (StoreProblem e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Writes and commits a snapshot; returns how long it took. The one before is deleted afterwards. */
    double write(Snapshot snapshot) throws IOException {
        step++;
        double millis = Pairs.time(() -> {
            try (CheckpointWriter files = attempt.write(step)) {
                for (String name : SnapshotFiles.names(snapshot)) {
                    files.file(name, channel -> SnapshotFiles.write(snapshot, name, channel));
                }
                files.file(
                        "trainer_state.json", TrainerState.of(step, Double.NaN).text());
                commits.add(Pairs.time(() -> files.commit(new ManifestInfo(step, Double.NaN, 0, Map.of(), Map.of()))));
            }
        });
        List<Committed> all = store.committed();
        for (Committed old : all.subList(1, all.size())) {
            attempt.delete(old);
        }
        settle();
        return millis;
    }

    /** What a deletion leaves to the file system's journal MUST not be paid by the next one that is timed. */
    private void settle() throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Writes bytes to one new file and makes it durable; returns how long it took. */
    double writeRaw(ByteBuffer bytes) throws IOException {
        Path file = directory.resolve(".raw");
        double millis = Pairs.time(() -> {
            try (FileChannel channel =
                    FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
        });
        Files.delete(file);
        settle();
        return millis;
    }

    /** Returns the median time of the part of a write that does not depend on its size. */
    double commitMillis() {
        return Pairs.median(commits.stream().mapToDouble(Double::doubleValue).toArray());
    }

    Path newest() throws IOException {
        return directory.resolve(store.committed().get(0).directoryName());
    }

    /** Reads every file of the newest checkpoint into memory. */
    void readRaw(ByteBuffer into) throws IOException {
        List<Path> files;
        try (Stream<Path> list = Files.list(newest())) {
            files = list.toList();
        }
        for (Path file : files) {
            into.clear();
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                int n = 0;
                while (n >= 0) {
                    n = channel.read(into.hasRemaining() ? into : into.clear());
                }
            }
        }
    }

    void verify() throws IOException {
        List<String> damages = CheckpointStore.verify(newest()).damages();
        if (!damages.isEmpty()) {
            throw new IOException("damaged: " + damages);
        }
    }
}
