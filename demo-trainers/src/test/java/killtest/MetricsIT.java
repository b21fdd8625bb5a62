package killtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import killtest.observer.Wish;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Metrics that programs report, that locals hold and that DJL measures are in the checkpoints, whatever is killed. */
class MetricsIT {

    private static final int INCOMPATIBLE = 5;
    private static final int STEPS = 80;
    private static final int STEPS_PER_EPOCH = 10;
    private static final Wish.Job JOB = new Wish.Job(STEPS, 7, 0);
    private static final String[] OPTIONS = {
        "step=killtest.program.Metering#step", "save_strategy=steps", "save_steps=7", "save_total_limit=none"
    };
    private static final String FACE = "dev/belay/Belay.class";

    /** What a user of the Hugging Face Trainer does with the file; needs nothing but Python's standard library. */
    private static final String READER = String.join(
            "\n",
            "import json, math, sys",
            "state = json.load(open(sys.argv[1]))",
            "history = state['log_history']",
            "print(state['global_step'], state['epoch'], state['max_steps'], state['num_train_epochs'])",
            "print(len([e for e in history if 'loss' in e]), max(e['step'] for e in history))",
            "print(sum(math.isnan(float(e['eval_odd'])) for e in history if 'eval_odd' in e))");

    @TempDir
    Path scratch;

    private static Command program(Path jdk, String main) {
        String classPath = Built.testProgramClassPath() + ":" + Built.jarOf(FACE);
        return new Command(jdk, List.of("-Xmx256m"), classPath, main, List.of(), Map.of());
    }

    private static Command metering() {
        return program(Jdks.one(), "killtest.program.Metering");
    }

    private static TrainerStateFile state(Path directory, String program, long step) {
        return TrainerStateFile.of(
                directory.resolve("checkpoints").resolve(program).resolve("checkpoint-" + step));
    }

    private static String[] with(String... more) {
        return Stream.concat(Stream.of(OPTIONS), Stream.of(more)).toArray(String[]::new);
    }

    static Stream<Path> jdks() {
        return Jdks.matrix().stream();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void what_a_killed_program_reported_and_stored_is_there_as_if_it_had_never_been_killed(Path jdk) {
        Command command = program(jdk, "killtest.program.Metering");
        String[] options = with("metric_for_best_model=valAccuracy");
        Outcome plain = Fork.run(command, scratch.resolve("plain"));
        Outcome unkilled = Fork.run(command.belay(options), scratch.resolve("unkilled"));
        Path killed = scratch.resolve("killed");
        Halted.after(command, killed, 7, JOB, options);
        Halted.after(command, killed, 35, JOB, options);
        Outcome last = Fork.run(command.belay(options), killed);

        assertThat(plain.stdout()).contains("restored false");
        assertThat(unkilled.stdout()).isEqualTo(plain.stdout());
        assertThat(last.stdout()).contains("restored true");
        assertThat(last.finalLine()).isEqualTo(plain.finalLine());
        assertThat(last.resumedAt()).hasValue(35);
        TrainerStateFile state = state(killed, "Metering", STEPS);
        assertThat(state).isEqualTo(state(scratch.resolve("unkilled"), "Metering", STEPS));
        assertThat(state).isNotEqualTo(state(killed, "Metering", 77));
        assertThat(state.steps("loss"))
                .isEqualTo(LongStream.rangeClosed(1, STEPS).boxed().toList());
        List<Long> ends = LongStream.rangeClosed(1, 8)
                .map(e -> e * STEPS_PER_EPOCH)
                .boxed()
                .toList();
        assertThat(state.steps("valAccuracy")).isEqualTo(ends);
        assertThat(state.steps("eval_odd")).isEqualTo(ends);
        assertThat(state.values("eval_rounds")).containsExactly(2.0, 4.0, 6.0, 8.0, 10.0, 12.0, 14.0, 16.0);
        assertThat(state.values("eval_odd")).element(2).isEqualTo(Double.NaN);
        assertThat(state.values("eval_odd")).element(3).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(state.steps("start")).containsExactly(0L);
        assertThat(unkilled.belayLines("WARN")).singleElement().asString().contains("the metric step is left out");
    }

    @Test
    void entries_say_the_epoch_and_the_state_what_is_known_of_the_run() {
        Outcome outcome = Fork.run(metering().belay(OPTIONS), scratch.resolve("run"));
        assertThat(outcome.exit()).as("%s", outcome).isZero();
        TrainerStateFile last = state(scratch.resolve("run"), "Metering", STEPS);
        assertThat(last.entries("loss").stream().map(e -> e.get("epoch").asDouble()))
                .isEqualTo(DoubleStream.iterate(1, s -> s + 1)
                        .limit(STEPS)
                        .map(s -> s / STEPS_PER_EPOCH)
                        .boxed()
                        .toList());
        assertThat(last.get("max_steps").asLong()).isEqualTo(STEPS);
        assertThat(last.get("num_train_epochs").asLong()).isEqualTo(8);
        assertThat(last.get("save_steps").asLong()).isEqualTo(7);
        assertThat(last.get("epoch").asDouble()).isEqualTo(8);

        TrainerStateFile early = state(scratch.resolve("run"), "Metering", 7);
        assertThat(early.entries("loss").get(0).get("epoch").isNull())
                .as("its length is not known yet")
                .isTrue();
        assertThat(early.get("max_steps").asLong()).isZero();
        assertThat(early.get("best_metric").isNull()).isTrue();
    }

    @Test
    void pythons_standard_library_reads_the_state_by_the_names_that_people_know() throws Exception {
        assumeTrue(hasPython(), "needs python3 on the PATH");
        Outcome outcome = Fork.run(metering().belay(OPTIONS), scratch.resolve("run"));
        assertThat(outcome.exit()).as("%s", outcome).isZero();
        Path file = scratch.resolve("run/checkpoints/Metering/checkpoint-80/trainer_state.json");
        assertThat(python(file)).containsExactly("80 8.0 80 8", "80 80", "1");

        Path other = scratch.resolve("other.json");
        Files.writeString(other, Files.readString(file).replace("NaN", "Infinity"));
        assertThat(python(other)).as("without the NaN").containsExactly("80 8.0 80 8", "80 80", "0");
    }

    private static List<String> python(Path file) throws Exception {
        Process python = new ProcessBuilder("python3", "-c", READER, file.toString())
                .redirectErrorStream(true)
                .start();
        String printed = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(python.waitFor()).as(printed).isZero();
        return printed.lines().toList();
    }

    private static boolean hasPython() throws InterruptedException {
        try {
            return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void a_metric_that_nothing_has_is_refused_after_the_first_epoch_with_those_that_were_seen() {
        String[] options = with("metric_for_best_model=valAccurracy");
        Outcome warned = Fork.run(metering().belay(options), scratch.resolve("warned"));
        assertThat(warned.exit()).as("%s", warned).isZero();
        assertThat(warned.belayLines("WARN"))
                .anyMatch(l -> l.contains("REFUSED metric_for_best_model=valAccurracy")
                        && l.contains("by step 10")
                        && l.contains("eval_odd, eval_rounds, loss, start;"));
        assertThat(warned.committed()).containsExactly(7L);

        Outcome ended = Fork.run(
                metering().belay(with("metric_for_best_model=valAccurracy", "on_unsupported=exit")),
                scratch.resolve("ended"));
        ended.assertEndedWith(INCOMPATIBLE, "REFUSED metric_for_best_model=valAccurracy", "loss");
    }

    @Test
    void the_name_of_a_validation_metric_may_be_said_without_eval() {
        Outcome outcome = Fork.run(metering().belay(with("metric_for_best_model=rounds")), scratch.resolve("run"));
        assertThat(outcome.belayLines("WARN").stream().filter(l -> l.contains("REFUSED")))
                .isEmpty();
        assertThat(state(scratch.resolve("run"), "Metering", STEPS).values("rounds"))
                .as("the local of that name")
                .contains(1.0, 2.0, 4.0);
    }

    @Test
    void class_files_without_names_of_locals_are_said_to_be_so() {
        Path classes = scratch.resolve("nameless");
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-g:none",
                        "-d",
                        classes.toString(),
                        "-cp",
                        metering().classPath(),
                        "src/test/java/killtest/program/Metering.java");
        assertThat(compiled).isZero();
        Command nameless = new Command(
                Jdks.one(),
                List.of(),
                classes + ":" + metering().classPath(),
                metering().mainClass(),
                List.of(),
                Map.of());
        Outcome outcome = Fork.run(nameless.belay(with("metric_for_best_model=valAccuracy")), scratch.resolve("run"));
        assertThat(outcome.belayLines("WARN"))
                .anyMatch(l -> l.contains("REFUSED metric_for_best_model=valAccuracy"))
                .anyMatch(l -> l.contains("Metering#train") && l.contains("compile its class with -g"));
    }

    /** The class by which a program reports is the program's own, wherever it comes from. */
    @ParameterizedTest
    @MethodSource("loaders")
    void programs_in_class_loaders_of_their_own_report_metrics_too(String loader) throws IOException {
        Path app = classes("app", "killtest/program/Metering.class", "killtest/program/Result.class", FACE);
        Path launcher =
                classes("launcher", "killtest/place/Launcher.class", "killtest/place/Launcher$ChildFirst.class");
        Command command = new Command(
                Jdks.one(),
                List.of(),
                launcher.toString(),
                "killtest.place.Launcher",
                List.of(loader, app + "/", "killtest.program.Metering"),
                Map.of());
        Outcome outcome = Fork.run(command.belay(OPTIONS), scratch.resolve("run"));
        assertThat(outcome.committed()).as("%s", outcome).contains((long) STEPS);
        assertThat(state(scratch.resolve("run"), "Launcher", STEPS).steps("loss"))
                .isEqualTo(LongStream.rangeClosed(1, STEPS).boxed().toList());
    }

    static Stream<String> loaders() {
        return Stream.of("child-first", "isolated", "plain");
    }

    private Path classes(String name, String... files) throws IOException {
        Path directory = Files.createDirectories(scratch.resolve(name));
        for (String file : files) {
            Path to = directory.resolve(file);
            Files.createDirectories(to.getParent());
            try (InputStream in =
                    Objects.requireNonNull(MetricsIT.class.getClassLoader().getResourceAsStream(file), file)) {
                Files.copy(in, to);
            }
        }
        return directory;
    }

    @Test
    void where_the_loop_was_found_metrics_are_noted_at_the_very_step() {
        Command command = program(Jdks.one(), "killtest.program.Numbering");
        String[] options = {"save_strategy=time", "save_interval=50ms", "found_after=30ms"};
        Path directory = scratch.resolve("run");
        Outcome plain = Fork.run(command, scratch.resolve("plain"));
        try (Fork fork = Fork.start(command.belay(options), directory)) {
            fork.killWhen(() -> fork.stderr().contains(" committed "));
        }
        Outcome last = Fork.run(command.belay(options), directory);
        assertThat(last.finalLine()).isEqualTo(plain.finalLine());
        assertThat(last.resumedAt()).isNotEmpty();
        TrainerStateFile state = state(directory, "Numbering", 30_000_000);
        List<Long> counted = new ArrayList<>(state.steps("before"));
        counted.remove(0L); // before the loop was found
        assertThat(counted).hasSizeGreaterThan(5).isSorted();
        assertThat(state.values("before").stream().map(Double::longValue)).containsAll(counted);
    }

    static Stream<Arguments> djl_trainers() {
        List<Path> jdks = Jdks.all();
        return Stream.of(Trainer.DIGITS_MLP, Trainer.DIGITS_CNN, Trainer.TEXT_LSTM, Trainer.CART_POLE_DQN)
                .map(t -> Arguments.of(t, jdks.get(t.ordinal() % jdks.size())));
    }

    @ParameterizedTest
    @MethodSource("djl_trainers")
    void losses_of_djl_programs_are_there_without_code_and_whatever_is_killed(Trainer trainer, Path jdk) {
        Command command = trainer.command(jdk);
        Outcome unkilled = Fork.run(command.belay(trainer.options()), scratch.resolve("unkilled"));
        Path killed = scratch.resolve("killed");
        Halted.after(trainer, command, killed, 25);
        Halted.after(trainer, command, killed, 60);
        Outcome last = Fork.run(command.belay(trainer.options()), killed);

        assertThat(last.finalLine()).isEqualTo(unkilled.finalLine());
        String program = trainer.output(killed).getFileName().toString();
        TrainerStateFile state = state(killed, program, Trainer.STEPS);
        assertThat(state).isEqualTo(state(scratch.resolve("unkilled"), program, Trainer.STEPS));
        assertThat(state.steps("loss"))
                .isEqualTo(LongStream.rangeClosed(1, Trainer.STEPS).boxed().toList());
        boolean validates = trainer != Trainer.CART_POLE_DQN;
        assertThat(state.steps("eval_loss").size()).isEqualTo(validates ? 16 : 0);
        if (trainer == Trainer.DIGITS_MLP) {
            assertThat(state.values("eval_accuracy")).hasSize(16).allMatch(v -> v > 0 && v <= 1);
            assertThat(state.values("train_accuracy")).hasSize(16);
        }
    }

    @Test
    void the_validation_losses_of_a_loop_written_by_hand_are_those_that_the_program_writes_itself() throws IOException {
        Trainer trainer = Trainer.DIGITS_CNN;
        Path directory = scratch.resolve("run");
        Outcome outcome = Fork.run(trainer.command(Jdks.one()).belay(trainer.options()), directory);
        assertThat(outcome.exit()).as("%s", outcome).isZero();
        List<Double> training = new ArrayList<>();
        List<Double> validation = new ArrayList<>();
        for (String line : Files.readAllLines(trainer.csv(directory)).subList(1, 17)) {
            String[] columns = line.split(",");
            training.add(Double.valueOf(columns[2]));
            validation.add(Double.valueOf(columns[3]));
        }
        TrainerStateFile state = state(directory, "DigitsCnn", Trainer.STEPS);
        assertThat(state.values("eval_loss")).isEqualTo(validation).isNotEqualTo(training);
        assertThat(state.values("train_loss")).isEqualTo(training);
        assertThat(state.get("train_batch_size").asLong()).isEqualTo(25);
    }
}
