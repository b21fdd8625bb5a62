package showcase;

import demo.Arguments;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import showcase.TrainingProcess.Kill;

/** Shows that a training run that was killed again and again ends exactly as one that never was. */
public final class KillAndResume {

    private static final String DEFAULTS = "root=. seed=1 kills=3 terminal=0 epochs=60";
    private static final String AGENT_OPTIONS = "output_dir=checkpoints,save_strategy=steps,save_steps=25";
    /** One thread computes: two that wait for each other become slow as soon as anything else runs on two cores. */
    private static final List<String> ENGINE_FLAGS = List.of("-Dai.djl.offline=true", "-Dai.djl.pytorch.num_threads=1");

    private static final String CSV = "digits-cnn.csv";

    private final Path root;
    private final Path work;
    private final int kills;
    private final int epochs;
    private final Random random;
    private final Screen screen;

    private KillAndResume(Arguments arguments) {
        root = Path.of(arguments.text("root")).toAbsolutePath().normalize();
        work = root.resolve("demo-trainers/target/demo");
        kills = arguments.integer("kills");
        epochs = arguments.integer("epochs");
        random = new Random(arguments.integer("seed"));
        screen = new Screen(System.out, arguments.integer("terminal") == 1);
    }

    /** Runs the demo; {@code demo-trainers/demo} gives the arguments. Ends with exit code 1 if anything differs. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Arguments arguments = Arguments.orExit(args, DEFAULTS);
        try {
            new KillAndResume(arguments).run();
        } catch (Failure e) {
            System.out.println("\nFAILED: " + e.getMessage());
            System.exit(1);
        }
    }

    private void run() throws IOException, InterruptedException {
        deleteAll(work);
        Path undisturbed = Files.createDirectories(work.resolve("undisturbed"));
        Path killed = Files.createDirectories(work.resolve("killed"));
        Life reference = undisturbed(undisturbed);
        List<Life> lives = killed(killed, reference.lastStep());
        Life last = lives.get(lives.size() - 1);
        screen.say("");
        LifeTable.lines(lives).forEach(screen::say);
        screen.say("");
        Path plot = work.resolve("loss.svg");
        LossCurve curve = LossCurve.read(undisturbed.resolve(CSV));
        Files.writeString(plot, LossPlot.svg(curve, LossCurve.read(killed.resolve(CSV)), lives));
        Comparison comparison = Comparison.of(reference, undisturbed.resolve(CSV), last, killed.resolve(CSV));
        screen.say("  never killed:   " + reference.finalLine());
        screen.say("  " + (lives.size() - 1) + " times killed: " + last.finalLine());
        screen.say("  FINAL lines equal: " + yesNo(comparison.resultDifference().isEmpty()) + "    metrics of "
                + curve.steps().size() + " epochs equal: "
                + yesNo(comparison.metricsDifference().isEmpty()));
        screen.say("  both loss curves: " + plot);
        screen.say("  " + LifeTable.seconds(screen.elapsed()) + " in all; everything is below " + work);
        if (comparison.difference().isPresent()) {
            throw new Failure(comparison.difference().get());
        }
    }

    private Life undisturbed(Path directory) throws IOException, InterruptedException {
        List<String> command = command(List.of());
        screen.say("One run without Belay, never killed:");
        Life life = new TrainingProcess(command, directory)
                .run(
                        work.resolve("undisturbed.log"),
                        Kill.NEVER,
                        seen -> screen.progress("without Belay: step " + seen.lastStep()));
        if (life.exitCode() != 0 || life.finalLine().isEmpty()) {
            throw new Failure("the training program itself ended with exit code " + life.exitCode() + "; see "
                    + work.resolve("undisturbed.log"));
        }
        screen.say("  " + life.lastStep() + " steps in " + LifeTable.seconds(life.length()));
        return life;
    }

    private List<Life> killed(Path directory, int allSteps) throws IOException, InterruptedException {
        Path agent = root.resolve("agent/target/belay.jar");
        screen.say("The same program with -javaagent:belay.jar=" + AGENT_OPTIONS + ", killed and started again:");
        List<String> command = command(List.of("-javaagent:" + agent + "=" + AGENT_OPTIONS));
        return new KilledRun(new TrainingProcess(command, directory), kills, allSteps, random, screen).run(work);
    }

    private List<String> command(List<String> flags) throws IOException {
        Path target = root.resolve("demo-trainers/target");
        String libraries = Files.readString(target.resolve("classpath.txt")).strip();
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(flags);
        command.addAll(ENGINE_FLAGS);
        command.addAll(List.of("-cp", target.resolve("classes") + File.pathSeparator + libraries));
        command.addAll(List.of("demo.DigitsCnn", "epochs=" + epochs, "log=1"));
        return command;
    }

    private static void deleteAll(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static String yesNo(boolean b) {
        return b ? "yes" : "NO";
    }
}
