package bench;

import dev.belay.state.Snapshot;
import java.io.IOException;

/** How long the training thread stands still for a capture of plain arrays, against a copy of the same bytes. */
final class CaptureStall implements Benchmark {

    static final double GOAL = 1.2;
    static final int ROUNDS = 41;
    /** Until the walk over the objects is compiled. */
    static final int WARM_UPS = 100;

    @Override
    public void run(Setup setup, Report report) throws IOException, InterruptedException {
        PlainState state = new PlainState(setup.megabytes(), setup.random("weights"));
        check(state.capture(), state.bytes());
        Pairs pairs = Pairs.measure(
                setup.quick() ? 3 : WARM_UPS,
                setup.rounds(ROUNDS),
                setup.random("stall"),
                () -> Pairs.time(state::capture),
                () -> Pairs.time(state::copy));
        report.raw(pairs.raw("capture of arrays, copy of arrays", "ms"));
        report.figure(Figure.ratio(
                "stall of a capture, " + setup.megabytes() + " MiB of arrays, against a copy", pairs, GOAL));
    }

    static void check(Snapshot snapshot, long bytes) {
        if (snapshot.tensorBytes() < bytes) {
            throw new IllegalStateException("captured " + snapshot.tensorBytes() + " bytes, expected " + bytes);
        }
    }
}
