package bench;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** What the points cost in a loop that nothing is saved in: JMH, in JVMs with the agent and without, in turns. */
final class LoopCost implements Benchmark {

    private static final int ROUNDS = 5;
    private static final Map<String, String> WHAT = new LinkedHashMap<>();

    static {
        WHAT.put("small", "LEAF test and count of the step, per iteration of a 2 ns step");
        WHAT.put("axpy", "the same, per iteration of a 1000-element axpy");
        WHAT.put("nested", "OUTER iteration around " + LoopBenchmark.INNER + " LEAF steps");
        WHAT.put(
                "calling",
                "OUTER iteration, CALL, entry and exit of a method with " + LoopBenchmark.INNER + " LEAF steps");
        WHAT.put("marked", "the same where the step is a named method, per step");
    }

    @Override
    public void run(Setup setup, Report report) throws IOException {
        int rounds = setup.rounds(ROUNDS);
        Map<String, double[]> with = new LinkedHashMap<>();
        Map<String, double[]> without = new LinkedHashMap<>();
        Random order = setup.random("loops");
        for (int i = 0; i < rounds; i++) {
            boolean first = order.nextBoolean();
            for (boolean woven : new boolean[] {first, !first}) {
                Map<String, double[]> into = woven ? with : without;
                for (RunResult r : fork(setup, woven)) {
                    into.computeIfAbsent(name(r), n -> new double[rounds])[i] =
                            r.getPrimaryResult().getScore();
                }
            }
        }
        for (Map.Entry<String, String> what : WHAT.entrySet()) {
            Pairs pairs = new Pairs(with.get(what.getKey()), without.get(what.getKey()));
            report.raw(pairs.raw(what.getKey(), "ns, mean of a JVM's iterations"));
            report.figure(Figure.nanos(what.getValue(), pairs));
        }
    }

    private static String name(RunResult result) {
        String full = result.getParams().getBenchmark();
        return full.substring(full.lastIndexOf('.') + 1);
    }

    private static Iterable<RunResult> fork(Setup setup, boolean woven) throws IOException {
        String name = woven ? "jmh-with" : "jmh-without";
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(LoopBenchmark.class.getName())
                .forks(1)
                .warmupIterations(setup.quick() ? 1 : 5)
                .warmupTime(TimeValue.milliseconds(300))
                .measurementIterations(setup.quick() ? 1 : 3)
                .measurementTime(TimeValue.milliseconds(300))
                .shouldFailOnError(true)
                .output(setup.output().resolve(name + ".txt").toString());
        if (woven) {
            String loops = Stream.of("small", "axpy", "nested", "calling", "marked")
                    .map(m -> "bench.Loops#" + m)
                    .collect(Collectors.joining("+"));
            options.jvmArgs(
                    "-D" + LoopBenchmark.WOVEN + "=true",
                    "-javaagent:" + setup.agent() + "=save_strategy=no,loop=" + loops
                            + ",step=bench.Loops#update,output_dir=" + setup.fresh(name));
        } else {
            options.jvmArgs("-D" + LoopBenchmark.WOVEN + "=false");
        }
        try {
            return new Runner(options.build()).run();
        } catch (RunnerException e) {
            throw new IOException("JMH failed; its output is in target/bench/" + name + ".txt", e);
        }
    }
}
