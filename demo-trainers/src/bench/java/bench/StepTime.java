package bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much longer a step of DigitsCnn takes with a checkpoint every 50 steps: whole processes with Belay and without,
 * in turns, whose own progress lines are timed.
 */
final class StepTime implements Benchmark {

    private static final int SAVE_STEPS = 50;
    /** Until here code is compiled, and the first step's trial save is over. */
    private static final int FIRST_STEP = 200;

    private static final int EPOCHS = 16;
    private static final int QUICK_EPOCHS = 7;
    private static final int PAIRS = 5;
    private static final double GOAL_PERCENT = 2;
    private static final Pattern PROGRESS = Pattern.compile("step (\\d+) loss .*");
    private static final Pattern COMMITTED = Pattern.compile(".*committed .*stall ([0-9.]+) ms, write ([0-9.]+) ms");

    private final List<Double> stalls = new ArrayList<>();
    private final List<Double> writes = new ArrayList<>();

    @Override
    public void run(Setup setup, Report report) throws IOException, InterruptedException {
        int pairs = setup.quick() ? 1 : PAIRS;
        double[][] windows = new double[2][pairs];
        double[][] means = new double[2][pairs];
        Random order = setup.random("steps");
        for (int i = 0; i < pairs; i++) {
            int first = order.nextInt(2);
            for (int side : new int[] {first, 1 - first}) {
                double[] times = train(setup, side == 0);
                windows[side][i] = Pairs.median(times);
                means[side][i] = Arrays.stream(times).average().orElseThrow();
            }
        }
        Pairs medianWindow = new Pairs(windows[0], windows[1]);
        Pairs mean = new Pairs(means[0], means[1]);
        report.raw(medianWindow.raw("step of DigitsCnn, median window of 50 steps of each process", "ms"));
        report.raw(mean.raw("step of DigitsCnn, mean of each process", "ms"));
        report.raw("checkpoints after step " + FIRST_STEP + ": " + stalls.size() + ", median stall "
                + Pairs.median(array(stalls)) + " ms, median write " + Pairs.median(array(writes)) + " ms");
        report.figure(Figure.percent(
                "step of DigitsCnn with a checkpoint every 50 steps, median window of 50 steps",
                medianWindow,
                GOAL_PERCENT));
        report.figure(Figure.percent("the same, mean of all steps", mean, GOAL_PERCENT));
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** Returns the milliseconds per step of each window of 50 steps from step 200 on, validation included. */
    private double[] train(Setup setup, boolean belay) throws IOException, InterruptedException {
        Path work = setup.fresh("steps");
        List<String> command = new ArrayList<>();
        if (belay) {
            command.add("-javaagent:" + setup.agent() + "=save_strategy=steps,save_steps=" + SAVE_STEPS + ",output_dir="
                    + work.resolve("checkpoints"));
        }
        int epochs = setup.quick() ? QUICK_EPOCHS : EPOCHS;
        // two threads of PyTorch spin for each other: on two processors with anything beside them steps take 6 or 50 ms
        command.addAll(List.of("-Dai.djl.offline=true", "-Dai.djl.pytorch.num_threads=1"));
        command.addAll(List.of("-cp", setup.trainerClassPath(), "demo.DigitsCnn"));
        command.addAll(List.of("epochs=" + epochs, "patience=" + epochs, "log=" + SAVE_STEPS));
        Child child = Child.run(work, "java", command);
        double[] times = windows(child);
        if (belay) {
            count(child, times.length);
        }
        return times;
    }

    private static double[] windows(Child child) {
        List<Double> at = new ArrayList<>();
        for (Child.Line line : child.lines()) {
            Matcher progress = PROGRESS.matcher(line.text());
            if (progress.matches() && Integer.parseInt(progress.group(1)) >= FIRST_STEP) {
                at.add(line.millis());
            }
        }
        double[] windows = new double[at.size() - 1];
        Arrays.setAll(windows, i -> (at.get(i + 1) - at.get(i)) / SAVE_STEPS);
        return windows;
    }

    /** Each window MUST have had its checkpoint: otherwise it would have been cheaper than it is. */
    private void count(Child child, int expected) throws IOException {
        List<Matcher> committed = child.errors().stream()
                .map(COMMITTED::matcher)
                .filter(Matcher::matches)
                .toList();
        if (committed.size() < FIRST_STEP / SAVE_STEPS + expected) {
            throw new IOException("found " + committed.size() + " checkpoints, expected one every " + SAVE_STEPS
                    + " steps: " + child.errors());
        }
        committed.stream().skip(FIRST_STEP / SAVE_STEPS).forEach(m -> {
            stalls.add(Double.parseDouble(m.group(1)));
            writes.add(Double.parseDouble(m.group(2)));
        });
    }
}
