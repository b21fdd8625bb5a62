package bench;

import demo.Arguments;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Runs all benchmarks, or those named in {@code only}, and reports them: docs/performance.md says what each is. */
public final class Bench {

    private static final String DEFAULTS = "root=. only=all quick=false seed=7 megabytes=128";

    private Bench() {}

    /** Arguments are {@code key=value}; {@code root} is the directory of the parent POM. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Arguments arguments = Arguments.orExit(args, DEFAULTS);
        Setup setup = new Setup(
                Path.of(arguments.text("root")).toAbsolutePath().normalize(),
                Boolean.parseBoolean(arguments.text("quick")),
                arguments.integer("seed"),
                arguments.integer("megabytes"));
        Report report = new Report(setup);
        String only = arguments.text("only");
        for (Map.Entry<String, Benchmark> b : benchmarks().entrySet()) {
            if (only.equals("all") || only.equals(b.getKey())) {
                report.begin(b.getKey());
                b.getValue().run(setup, report);
            }
        }
        report.end(only.equals("all") && !setup.quick());
    }

    private static Map<String, Benchmark> benchmarks() {
        Map<String, Benchmark> all = new LinkedHashMap<>();
        all.put("loops", new LoopCost());
        all.put("stall", new CaptureStall());
        all.put("tensors", new TensorStall());
        all.put("disk", new DiskTimes());
        all.put("data", new ConstantData());
        all.put("start", new StartUp());
        all.put("resume", new ResumeTime());
        all.put("steps", new StepTime());
        return all;
    }
}
