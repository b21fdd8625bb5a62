package dev.belay.cli;

import dev.belay.state.FrameImage;
import dev.belay.state.HeapCapture;
import dev.belay.state.ObjectPolicy;
import dev.belay.state.Snapshot;
import dev.belay.state.SnapshotFiles;
import dev.belay.state.Staging;
import dev.belay.state.Streams;
import dev.belay.state.TensorFile;
import dev.belay.store.Attempt;
import dev.belay.store.CheckpointStore;
import dev.belay.store.CheckpointWriter;
import dev.belay.store.Committed;
import dev.belay.store.ManifestInfo;
import dev.belay.store.StoreProblem;
import dev.belay.store.TrainerState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Real checkpoints, written as the engine writes them, of a program that is no more than four locals. */
final class SavedRun {

    static final Instant WRITTEN = Instant.parse("2026-11-23T16:00:00Z");

    private final CheckpointStore store;
    private Attempt attempt;
    private long parent;
    private double drift;
    private int attempts;

    SavedRun(Path directory) throws IOException, StoreProblem {
        store = CheckpointStore.open(directory, Clock.fixed(WRITTEN, ZoneOffset.UTC));
        begin();
    }

    void begin() throws IOException, StoreProblem {
        attempts++;
        attempt = store.begin(Map.of("main", "demo.Toy"));
    }

    int attempts() {
        return attempts;
    }

    Attempt attempt() {
        return attempt;
    }

    /** What is saved from now on has an array that differs by so much in one element. */
    void drift(double by) {
        drift = by;
    }

    Committed save(long step) throws IOException {
        return save(step, TrainerState.of(step, step / 100.0).text());
    }

    /** @param trainerState the text of trainer_state.json */
    Committed save(long step, String trainerState) throws IOException {
        Snapshot snapshot = snapshot(step);
        ManifestInfo info = new ManifestInfo(
                step, step / 100.0, parent, Map.of("program.main", "demo.Toy"), Map.of("steps", Long.toString(step)));
        try (CheckpointWriter files = attempt.write(step)) {
            for (String name : SnapshotFiles.names(snapshot)) {
                files.file(name, channel -> SnapshotFiles.write(snapshot, name, channel));
            }
            files.file("trainer_state.json", trainerState);
            Committed committed = files.commit(info);
            parent = committed.seq();
            return committed;
        }
    }

    private Snapshot snapshot(long step) {
        HeapCapture capture = new HeapCapture(
                new ObjectPolicy(List.of(), List.of(), List::of, type -> {}, Streams.REFUSED),
                new Staging(),
                TensorFile.MODEL);
        double[] weights = new double[5_000];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = i - 1_000;
        }
        weights[7] = Double.NaN;
        weights[3_000] += drift;
        double[][] table = new double[3][600];
        for (int i = 0; i < table.length; i++) {
            Arrays.fill(table[i], i);
        }
        int[] locals = {
            capture.local("Toy.main/step", step),
            capture.local("Toy.main/weights", weights),
            capture.local("Toy.main/name", "a\nb"),
            capture.local("Toy.main/table", table)
        };
        capture.frame(new FrameImage(
                "demo/Toy#main([Ljava/lang/String;)V",
                "c0de",
                3,
                42,
                List.of("step", "weights", "name", "table"),
                locals,
                List.of()));
        return capture.finish();
    }
}
