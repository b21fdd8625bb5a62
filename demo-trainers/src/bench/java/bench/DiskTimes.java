package bench;

import dev.belay.state.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** Durable writes and the reads of a resume, against plain writes and reads of the same bytes in the same directory. */
final class DiskTimes implements Benchmark {

    private static final double WRITE_GOAL = 1.2;
    private static final int ROUNDS = 15;

    @Override
    public void run(Setup setup, Report report) throws IOException, InterruptedException {
        ofArrays(setup, report);
        ofTensors(setup, report);
    }

    private static void ofArrays(Setup setup, Report report) throws IOException, InterruptedException {
        PlainState state = new PlainState(setup.megabytes(), setup.random("weights"));
        Checkpoints checkpoints = new Checkpoints(setup.fresh("disk"));
        Snapshot snapshot = state.capture();
        Pairs writes = Pairs.measure(
                setup.rounds(2),
                setup.rounds(ROUNDS),
                setup.random("writes"),
                () -> checkpoints.write(snapshot),
                () -> checkpoints.writeRaw(state.copy()));
        report.raw(writes.raw("durable checkpoint of arrays, raw write + fsync", "ms"));
        report.figure(Figure.ratio(
                "durable write, " + setup.megabytes() + " MiB, against a raw write and fsync", writes, WRITE_GOAL));
        checkRestore(state, checkpoints);
        Pairs reads = Pairs.measure(
                setup.rounds(5),
                setup.rounds(ROUNDS),
                setup.random("reads"),
                () -> Pairs.time(() -> {
                    checkpoints.verify();
                    state.restore(checkpoints.newest());
                }),
                () -> Pairs.time(() -> checkpoints.readRaw(state.scratch())));
        report.raw(reads.raw("verify + read into arrays, plain read", "ms"));
        report.figure(
                Figure.ratio("resume: verify and read into arrays, against a plain read of the same files", reads));
        Setup.delete(setup.output().resolve("disk"));
    }

    /** What is timed MUST be the real thing: the arrays come back. */
    private static void checkRestore(PlainState state, Checkpoints checkpoints) throws IOException {
        double[] before = state.sample().clone();
        Arrays.fill(state.sample(), -1);
        state.restore(checkpoints.newest());
        if (!Arrays.equals(before, state.sample())) {
            throw new IllegalStateException("the restored arrays are not those that were saved");
        }
    }

    private static void ofTensors(Setup setup, Report report) throws IOException, InterruptedException {
        Path saved = setup.fresh("djl-save");
        try (TensorState state = new TensorState(setup.megabytes(), setup.seed())) {
            Checkpoints checkpoints = new Checkpoints(setup.fresh("disk"));
            Snapshot snapshot = state.capture();
            Pairs writes = Pairs.measure(
                    setup.rounds(2),
                    setup.rounds(ROUNDS),
                    setup.random("djl"),
                    () -> checkpoints.write(snapshot),
                    () -> {
                        double millis = Pairs.time(() -> state.save(saved));
                        Setup.delete(saved);
                        return millis;
                    });
            report.raw(writes.raw("durable checkpoint of tensors, DJL's Model.save without fsync", "ms"));
            report.figure(Figure.ratio("durable write of tensors, against DJL's Model.save (not durable)", writes));
            Pairs reads = Pairs.measure(
                    setup.rounds(5),
                    setup.rounds(ROUNDS),
                    setup.random("tensor reads"),
                    () -> Pairs.time(() -> {
                        checkpoints.verify();
                        state.restore(checkpoints.newest());
                    }),
                    () -> Pairs.time(() -> checkpoints.readRaw(state.scratch())));
            report.raw(reads.raw("verify + read into tensors, plain read", "ms"));
            report.figure(
                    Figure.ratio("resume: verify and read into tensors, against a plain read of the same files", reads));
        }
        Setup.delete(setup.output().resolve("disk"));
    }
}
