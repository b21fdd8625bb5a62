package bench;

import dev.belay.state.Snapshot;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.CRC32C;

/** Durable writes and the reads of a resume, against plain writes and reads of the same bytes in the same directory. */
final class DiskTimes implements Benchmark {

    private static final double WRITE_GOAL = 1.2;
    private static final int ROUNDS = 15;

    @Override
    public void run(Setup setup, Report report) throws IOException, InterruptedException {
        ofArrays(setup, setup.megabytes(), report);
        ofArrays(setup, 4 * setup.megabytes(), report);
        ofTensors(setup, report);
    }

    private static void ofArrays(Setup setup, int megabytes, Report report) throws IOException, InterruptedException {
        String size = megabytes + " MiB of arrays";
        PlainState state = new PlainState(megabytes, setup.random("weights"));
        Checkpoints checkpoints = new Checkpoints(setup.fresh("disk"));
        Snapshot snapshot = state.capture();
        Pairs writes = Pairs.measure(
                setup.rounds(2),
                setup.rounds(ROUNDS),
                setup.random("writes"),
                () -> checkpoints.write(snapshot),
                () -> checkpoints.writeRaw(state.copy()));
        report.raw(writes.raw("durable checkpoint of " + size + ", raw write + fsync", "ms"));
        report.raw(String.format(
                Locale.ROOT,
                "  in it: commit %.2f ms (median), checksums about %.2f ms",
                checkpoints.commitMillis(),
                checksumMillis(state.copy())));
        report.figure(Figure.ratio("durable write, " + size + ", against a raw write and fsync", writes, WRITE_GOAL));
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
        report.raw(reads.raw("verify + read into " + size + ", plain read", "ms"));
        report.figure(Figure.ratio("resume: verify and read into " + size + ", against a plain read", reads));
        Setup.delete(setup.output().resolve("disk"));
    }

    /** Returns the median time of the checksums alone. */
    private static double checksumMillis(ByteBuffer bytes) throws IOException {
        double[] millis = new double[9];
        for (int i = 0; i < millis.length; i++) {
            CRC32C crc = new CRC32C();
            millis[i] = Pairs.time(() -> crc.update(bytes.duplicate()));
        }
        return Pairs.median(millis);
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
        try (TensorState state = new TensorState("PyTorch", setup.megabytes(), setup.seed())) {
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
            report.figure(Figure.ratio(
                    "durable write, " + setup.megabytes()
                            + " MiB of DJL tensors, against DJL's Model.save (not durable)",
                    writes));
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
            report.figure(Figure.ratio("resume: verify and read into DJL tensors, against a plain read", reads));
        }
        Setup.delete(setup.output().resolve("disk"));
    }
}
