package bench;

import dev.belay.loop.Points;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Nanoseconds per iteration of {@link Loops}; JMH runs it in JVMs with the agent and without. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LoopBenchmark {

    static final String WOVEN = "bench.woven";
    static final int INNER = 8;
    private static final int ITERATIONS = 10_000;

    private final double[] x = new double[1000];
    private final double[] y = new double[1000];
    private long seed = 42;

    /** One step, after which Belay knows the training loop and takes the flag down. */
    @Setup
    public void step() {
        boolean woven = Boolean.getBoolean(WOVEN);
        if (Points.flag != woven) {
            throw new IllegalStateException(
                    "found the flag " + Points.flag + " before the first step, expected " + woven);
        }
        seed = Loops.marked(1, seed);
        if (Points.flag) {
            throw new IllegalStateException(
                    "found the flag up after a step, expected it down: the loops are not woven");
        }
    }

    @Benchmark
    @OperationsPerInvocation(ITERATIONS)
    public long small() {
        return Loops.small(ITERATIONS, seed);
    }

    @Benchmark
    @OperationsPerInvocation(ITERATIONS)
    public double axpy() {
        Loops.axpy(ITERATIONS, x, y);
        return y[0];
    }

    @Benchmark
    @OperationsPerInvocation(ITERATIONS)
    public long nested() {
        return Loops.nested(ITERATIONS, INNER, seed);
    }

    @Benchmark
    @OperationsPerInvocation(ITERATIONS)
    public long calling() {
        return Loops.calling(ITERATIONS, INNER, seed);
    }

    @Benchmark
    @OperationsPerInvocation(ITERATIONS)
    public long marked() {
        return Loops.marked(ITERATIONS, seed);
    }
}
