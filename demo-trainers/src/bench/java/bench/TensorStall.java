package bench;

import java.io.IOException;

/** As {@link CaptureStall}, of a DJL trainer's tensors: the copy is from the tensors' own memory. */
final class TensorStall implements Benchmark {

    @Override
    public void run(Setup setup, Report report) throws IOException, InterruptedException {
        try (TensorState state = new TensorState(setup.megabytes(), setup.seed())) {
            CaptureStall.check(state.capture(), state.bytes());
            Pairs pairs = Pairs.measure(
                    setup.quick() ? 3 : CaptureStall.WARM_UPS,
                    setup.rounds(CaptureStall.ROUNDS),
                    setup.random("tensors"),
                    () -> Pairs.time(state::capture),
                    () -> Pairs.time(state::copy));
            report.raw(pairs.raw("capture of tensors, copy of tensors", "ms"));
            report.figure(Figure.ratio(
                    "stall of a capture, " + setup.megabytes() + " MiB of DJL tensors, against a copy",
                    pairs,
                    CaptureStall.GOAL));
        }
    }
}
