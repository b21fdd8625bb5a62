package bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a checkpoint costs a program that holds a large data set in arrays, against the same program with a tiny one:
 * whole processes, in turns, whose commit lines are read.
 */
final class ConstantData implements Benchmark {

    private static final int STEPS = 80;
    /** Until here the data set is written once, and code is compiled. */
    private static final int FIRST_CHECKPOINT = 10;

    private static final int PAIRS = 5;
    private static final int FEW_ROWS = 64;
    private static final int ROW_BYTES = 64 * Double.BYTES;
    private static final Pattern COMMITTED =
            Pattern.compile(".*committed (.*), stall ([0-9.]+) ms, write ([0-9.]+) ms");

    @Override
    public void run(Setup setup, Report report) throws IOException, InterruptedException {
        int many = (setup.megabytes() << 20) / ROW_BYTES;
        int pairs = setup.rounds(PAIRS);
        double[][] stalls = new double[2][pairs];
        double[][] writes = new double[2][pairs];
        Random order = setup.random("data");
        for (int i = 0; i < pairs; i++) {
            int first = order.nextInt(2);
            for (int side : new int[] {first, 1 - first}) {
                List<Matcher> lines = train(setup, side == 0 ? many : FEW_ROWS, side == 0);
                stalls[side][i] = median(lines, 2);
                writes[side][i] = median(lines, 3);
            }
        }
        String data = setup.megabytes() + " MiB of constant arrays";
        Pairs stall = new Pairs(stalls[0], stalls[1]);
        Pairs write = new Pairs(writes[0], writes[1]);
        report.raw(stall.raw("stall with " + data + " beside 1 MiB that changes, with the 1 MiB only", "ms"));
        report.raw(write.raw("write of a checkpoint of the same", "ms"));
        report.figure(Figure.added("stall with " + data + " beside 1 MiB that changes, against the 1 MiB only", stall));
        report.figure(Figure.ratio("write of a checkpoint of the same, against the 1 MiB only", write));
        Setup.delete(setup.output().resolve("data"));
    }

    private static double median(List<Matcher> lines, int group) {
        return Pairs.median(lines.stream()
                .mapToDouble(m -> Double.parseDouble(m.group(group)))
                .toArray());
    }

    private static List<Matcher> train(Setup setup, int rows, boolean large) throws IOException, InterruptedException {
        Path programs = setup.fresh("data-program");
        Files.createDirectory(programs.resolve("bench"));
        try (InputStream in = DataSet.class.getResourceAsStream("DataSet.class")) {
            Files.copy(in, programs.resolve("bench/DataSet.class"));
        }
        Path work = setup.fresh("data");
        Child child = Child.run(
                work,
                "java",
                List.of(
                        "-Xmx1g",
                        "-javaagent:" + setup.agent()
                                + "=step=bench.DataSet#step,save_strategy=steps,save_steps=1,output_dir="
                                + work.resolve("checkpoints"),
                        "-cp",
                        programs.toString(),
                        "bench.DataSet",
                        Integer.toString(STEPS),
                        Integer.toString(rows)));
        List<Matcher> lines = child.errors().stream()
                .map(COMMITTED::matcher)
                .filter(Matcher::matches)
                .skip(FIRST_CHECKPOINT)
                .toList();
        boolean shared = lines.stream().anyMatch(m -> m.group(1).contains(" unchanged"));
        if (lines.size() < STEPS / 8 || shared != large) {
            throw new IOException("found " + lines.size() + " checkpoints, shared " + shared + ": " + child.errors());
        }
        return lines;
    }
}
