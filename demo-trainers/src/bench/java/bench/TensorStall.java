package bench;

import java.io.IOException;

/** As {@link CaptureStall}, of a DJL trainer's tensors: the copy is from the tensors' own memory. */
final class TensorStall implements Benchmark {

    @Override
    public void run(Setup setup, Report report) throws IOException, InterruptedException {
        String what = "stall of a capture, " + setup.megabytes() + " MiB of DJL tensors on ";
        report.figure(
                Figure.ratio(what + "PyTorch, against a copy", pairs("PyTorch", setup, report), CaptureStall.GOAL));
        report.figure(Figure.ratio(what + "MXNet, which hands out copies", pairs("MXNet", setup, report)));
    }

    private static Pairs pairs(String engine, Setup setup, Report report) throws IOException, InterruptedException {
        try (TensorState state = new TensorState(engine, setup.megabytes(), setup.seed())) {
            CaptureStall.check(state.capture(), state.bytes());
            Pairs pairs = Pairs.measure(
                    setup.quick() ? 3 : CaptureStall.WARM_UPS,
                    setup.rounds(CaptureStall.ROUNDS),
                    setup.random("tensors"),
                    () -> Pairs.time(state::capture),
                    () -> Pairs.time(state::copy));
            report.raw(pairs.raw("capture of tensors on " + engine + ", copy of tensors", "ms"));
            return pairs;
        }
    }
}
