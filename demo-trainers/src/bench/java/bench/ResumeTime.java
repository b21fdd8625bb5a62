package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How much longer DigitsCnn takes from its process's start to the end of its first ten steps when it is resumed than
 * when it is started without Belay: from a checkpoint early in an epoch and from one late in it.
 */
final class ResumeTime implements Benchmark {

    private static final int ROUNDS = 9;
    private static final int LOG = 10;
    private static final int SAVE_STEPS = 100;
    /** Steps of an epoch with a batch of 4. */
    private static final int EPOCH = 375;

    private static final List<Integer> PLACES = List.of(400, 700);
    private static final double GOAL_MILLIS = 1000;

    @Override
    public void run(Setup setup, Report report) throws IOException, InterruptedException {
        Path work = setup.fresh("resume");
        Path saved = Files.createDirectories(work.resolve("saved"));
        Path plain = Files.createDirectories(work.resolve("plain"));
        Child.run(saved, "java", command(setup, agent(setup, saved, "save_strategy=steps,save_total_limit=none")));
        for (int step : PLACES) {
            String what = "DigitsCnn, resumed at step " + step % EPOCH + " of the " + EPOCH + " of an epoch";
            Pairs pairs = Pairs.measure(
                    1,
                    setup.rounds(ROUNDS),
                    setup.random("resume"),
                    () -> resumed(setup, saved, step),
                    () -> firstSteps(plain, command(setup, ""), LOG));
            report.raw(pairs.raw(what + ", until its first " + LOG + " steps are made", "ms"));
            report.figure(Figure.added(what, pairs, GOAL_MILLIS));
        }
    }

    /** A resume may shorten files, so each works on what the run that saved has left. */
    private static double resumed(Setup setup, Path saved, int step) throws IOException, InterruptedException {
        Path again = setup.fresh("resume/again");
        try (Stream<Path> files = Files.list(saved)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, again.resolve(file.getFileName()));
            }
        }
        Path checkpoint = saved.resolve("checkpoints/checkpoint-" + step);
        String agent = agent(setup, again, "resume_from_checkpoint=" + checkpoint + ",save_strategy=steps");
        return firstSteps(again, command(setup, agent), step + LOG);
    }

    private static double firstSteps(Path directory, List<String> command, int step)
            throws IOException, InterruptedException {
        return Child.until(directory, "java", command, "step " + step + " ").millis();
    }

    private static String agent(Setup setup, Path directory, String options) {
        return "-javaagent:" + setup.agent() + "=" + options + ",save_steps=" + SAVE_STEPS + ",output_dir="
                + directory.resolve("checkpoints");
    }

    private static List<String> command(Setup setup, String agent) {
        List<String> command = new ArrayList<>();
        if (!agent.isEmpty()) {
            command.add(agent);
        }
        command.addAll(List.of("-Dai.djl.offline=true", "-Dai.djl.pytorch.num_threads=1"));
        command.addAll(List.of("-cp", setup.trainerClassPath(), "demo.DigitsCnn"));
        command.addAll(List.of("epochs=2", "batch=4", "log=" + LOG));
        return command;
    }
}
