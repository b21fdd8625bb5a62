package killtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The best model: it is saved, kept, loaded where the loop is left, and decides when to stop; killed or not. */
class BestModelIT {

    private static final int USAGE = 64;
    private static final int INCOMPATIBLE = 5;
    private static final int DAMAGE = 3;
    private static final int EPOCHS = 12;
    private static final int STEPS_PER_EPOCH = 5;
    private static final int KILLS = 4;
    private static final String STEP = "step=killtest.program.Overfitting#step";
    private static final String LOAD = "load_best_model_at_end=true";

    @TempDir
    Path scratch;

    private static Command program(Path jdk, String main, int epochs) {
        return new Command(
                jdk,
                List.of("-Xmx512m", "-Dai.djl.offline=true"),
                Built.testProgramClassPath() + ":" + Built.jarOf("dev/belay/Belay.class") + ":"
                        + Built.trainerClassPath(),
                "killtest.program." + main,
                List.of(Integer.toString(epochs)),
                Map.of("OMP_NUM_THREADS", "1"));
    }

    private static Command overfitting() {
        return program(Jdks.one(), "Overfitting", EPOCHS);
    }

    private Path output(String run) {
        return scratch.resolve(run).resolve("checkpoints/Overfitting");
    }

    private static String[] options(String... more) {
        return Stream.concat(Stream.of(STEP), Stream.of(more)).toArray(String[]::new);
    }

    /** Returns the losses that the program prints, one per epoch. */
    private static List<Double> losses(Outcome outcome) {
        return outcome.stdout()
                .lines()
                .filter(l -> l.startsWith("epoch "))
                .map(l -> Double.valueOf(l.substring(l.lastIndexOf(' ') + 1)))
                .toList();
    }

    /** Returns the epoch of the smallest loss, counted from 1. */
    private static int best(List<Double> losses) {
        return losses.indexOf(losses.stream().min(Double::compare).orElseThrow()) + 1;
    }

    /** Returns the epochs whose loss is smaller than all before. */
    private static List<Long> improvements(List<Double> losses) {
        List<Long> steps = new ArrayList<>();
        double lowest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < losses.size(); i++) {
            if (losses.get(i) < lowest) {
                lowest = losses.get(i);
                steps.add((i + 1L) * STEPS_PER_EPOCH);
            }
        }
        return steps;
    }

    /** Kills each life but the last a random time after it begins to save. */
    private static List<Outcome> killedAndEnded(Command command, Path directory, Random random) {
        List<Outcome> lives = new ArrayList<>();
        for (int kill = 0; kill < KILLS; kill++) {
            try (Fork fork = Fork.start(command, directory)) {
                while (fork.alive() && !fork.stderr().contains(" committed ")) {
                    LockSupport.parkNanos(1_000_000);
                }
                LockSupport.parkNanos(random.nextInt(60) * 1_000_000L);
                lives.add(fork.kill());
            }
        }
        lives.add(Fork.run(command, directory));
        return lives;
    }

    static Stream<Path> jdks() {
        return Jdks.matrix().stream();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void a_plain_program_leaves_its_loop_with_the_weights_of_the_best_epoch(Path jdk) {
        Random random = Seed.random("best " + Jdks.feature(jdk));
        Command command = program(jdk, "Overfitting", EPOCHS);
        Outcome plain = Fork.run(command, scratch.resolve("plain"));
        int best = best(losses(plain));
        assertThat(best).isBetween(2, EPOCHS - 2);
        String expected = Fork.run(program(jdk, "Overfitting", best), scratch.resolve("short"))
                .finalLine();
        assertThat(plain.finalLine())
                .as("without Belay it ends with the last weights")
                .isNotEqualTo(expected);

        String[] options = options(LOAD, "save_strategy=steps", "save_steps=3", "save_total_limit=2");
        Outcome unkilled = Fork.run(command.belay(options), scratch.resolve("unkilled"));
        assertThat(unkilled.finalLine()).isEqualTo(expected);
        assertThat(unkilled.belayLines("WARN")).isEmpty();
        assertThat(unkilled.stderr()).contains("loaded the best model, that of checkpoint-" + best * STEPS_PER_EPOCH);

        List<Outcome> lives = killedAndEnded(command.belay(options), scratch.resolve("killed"), random);
        Outcome last = lives.get(lives.size() - 1);
        assertThat(last.finalLine()).as("%s", last).isEqualTo(expected);
        assertThat(lives.stream().filter(l -> l.resumedAt().isPresent()).count())
                .isGreaterThan(1);
        for (String run : List.of("unkilled", "killed")) {
            assertThat(Tree.names(output(run)))
                    .as("the best and the newest of %s", run)
                    .filteredOn(n -> n.startsWith("checkpoint-")) // a kill may leave one that was not committed
                    .containsExactlyInAnyOrder(
                            "checkpoint-" + best * STEPS_PER_EPOCH, "checkpoint-" + EPOCHS * STEPS_PER_EPOCH);
        }
        assertThat(CheckpointComparison.differencesBesidesTimes(
                        output("unkilled").resolve("checkpoint-60"),
                        output("killed").resolve("checkpoint-60")))
                .isEmpty();
    }

    @Test
    void under_the_strategy_best_only_new_bests_and_the_end_are_saved() {
        Outcome outcome = Fork.run(
                overfitting().belay(options("save_strategy=best", "save_total_limit=none")), scratch.resolve("run"));
        List<Double> losses = losses(outcome);
        List<Long> expected = new ArrayList<>(improvements(losses));
        expected.add((long) EPOCHS * STEPS_PER_EPOCH);
        assertThat(expected).hasSizeBetween(3, EPOCHS - 1);
        assertThat(outcome.committed()).isEqualTo(expected);

        TrainerStateFile state = TrainerStateFile.of(output("run").resolve("checkpoint-60"));
        long best = (long) best(losses) * STEPS_PER_EPOCH;
        assertThat(state.get("best_global_step").asLong()).isEqualTo(best);
        assertThat(state.get("best_metric").asDouble()).isEqualTo(losses.get(best(losses) - 1));
        assertThat(state.get("best_model_checkpoint").asText()).isEqualTo("checkpoint-" + best);
        TrainerStateFile ofBest = TrainerStateFile.of(output("run").resolve("checkpoint-" + best));
        assertThat(ofBest.get("best_model_checkpoint").asText()).isEqualTo("checkpoint-" + best);
    }

    @Test
    void a_greater_metric_is_the_better_one_where_the_user_says_so() {
        Outcome outcome = Fork.run(
                overfitting().belay(options("save_strategy=best", "save_total_limit=none", "greater_is_better=true")),
                scratch.resolve("run"));
        List<Double> negative = losses(outcome).stream().map(l -> -l).toList();
        List<Long> expected = new ArrayList<>(improvements(negative));
        assertThat(expected).as("the last is the best").endsWith((long) EPOCHS * STEPS_PER_EPOCH);
        expected.add((long) EPOCHS * STEPS_PER_EPOCH); // the end stands for it
        assertThat(outcome.committed()).isEqualTo(expected);
        assertThat(Tree.names(output("run"))).filteredOn(n -> n.contains("60")).containsExactly("checkpoint-60");
    }

    @Test
    void a_finished_run_that_is_started_again_loads_the_best_again_also_where_it_was_moved_to() {
        String[] options = options(LOAD, "save_strategy=epoch", "save_total_limit=1");
        Outcome first = Fork.run(overfitting().belay(options), scratch.resolve("run"));
        Outcome again = Fork.run(overfitting().belay(options), scratch.resolve("run"));
        assertThat(again.finalLine()).isEqualTo(first.finalLine());
        assertThat(again.stderr()).contains("resumed checkpoint-60", "loaded the best model");

        Path moved = Tree.copy(output("run"), scratch.resolve("elsewhere/Moved"));
        Tree.delete(output("run"));
        Outcome there = Fork.run(
                overfitting().belay(options(LOAD, "save_strategy=epoch", "output_dir=" + moved)), scratch.resolve("b"));
        assertThat(there.finalLine()).isEqualTo(first.finalLine());
        assertThat(there.stderr()).contains("resumed checkpoint-60", "loaded the best model");
        assertThat(again.stdout()).isEqualTo("epochs " + EPOCHS + "\n" + first.finalLine() + "\n");
    }

    @Test
    void a_best_checkpoint_that_is_damaged_is_not_loaded_and_nothing_else_in_its_place() throws IOException {
        String[] options = options(LOAD, "save_strategy=epoch", "save_total_limit=2");
        Outcome first = Fork.run(overfitting().belay(options), scratch.resolve("run"));
        int best = best(losses(first)) * STEPS_PER_EPOCH;
        Path model = output("run").resolve("checkpoint-" + best).resolve("model.safetensors");
        byte[] bytes = Files.readAllBytes(model);
        bytes[bytes.length - 3] ^= 4;
        Files.write(model, bytes);
        Fork.run(overfitting().belay(options), scratch.resolve("run"))
                .assertEndedWith(DAMAGE, "checkpoint-" + best, "damaged", "load_best_model_at_end=false");
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void training_stops_early_at_the_same_epoch_killed_or_not(Path jdk) {
        Random random = Seed.random("early " + Jdks.feature(jdk));
        Command command = program(jdk, "Overfitting", EPOCHS);
        List<Double> losses = losses(Fork.run(command, scratch.resolve("plain")));
        int patience = 3;
        int end = best(losses) + patience;
        assertThat(end).isLessThan(EPOCHS);
        String[] options = options(
                "early_stopping_patience=" + patience,
                "metric_for_best_model=eval_loss",
                "save_strategy=steps",
                "save_steps=4");
        String expected = Fork.run(program(jdk, "Overfitting", end), scratch.resolve("short"))
                .finalLine();

        Outcome unkilled = Fork.run(command.belay(options), scratch.resolve("unkilled"));
        assertThat(unkilled.finalLine()).isEqualTo(expected);
        assertThat(unkilled.stdout()).contains("epochs " + end + "\n");
        assertThat(unkilled.stderr()).contains("early stopping");
        assertThat(unkilled.committed()).endsWith((long) end * STEPS_PER_EPOCH);

        List<Outcome> lives = killedAndEnded(command.belay(options), scratch.resolve("killed"), random);
        Outcome last = lives.get(lives.size() - 1);
        assertThat(last.finalLine()).as("%s", last).isEqualTo(expected);
        assertThat(last.stdout()).contains("epochs " + end + "\n");
        Path newest = Path.of("checkpoint-" + end * STEPS_PER_EPOCH);
        assertThat(CheckpointComparison.differencesBesidesTimes(
                        output("unkilled").resolve(newest), output("killed").resolve(newest)))
                .isEmpty();

        Outcome longer = Fork.run(program(jdk, "Overfitting", 2 * EPOCHS).belay(options), scratch.resolve("unkilled"));
        longer.assertEndedWith(INCOMPATIBLE, "REFUSED", "stays finished");
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void a_trainer_of_djl_leaves_its_loop_with_its_best_parameters(Path jdk) {
        Random random = Seed.random("best of DJL " + Jdks.feature(jdk));
        Command command = program(jdk, "Keeping", 16);
        Outcome plain = Fork.run(command, scratch.resolve("plain"));
        assertThat(plain.stdout()).contains("epochs 16, the best parameters: false");
        String[] options = {LOAD, "save_strategy=steps", "save_steps=5", "save_total_limit=1"};
        Outcome unkilled = Fork.run(command.belay(options), scratch.resolve("unkilled"));
        assertThat(unkilled.stdout()).contains("epochs 16, the best parameters: true");
        assertThat(unkilled.finalLine()).isEqualTo(plain.finalLine());
        assertThat(unkilled.belayLines("WARN")).isEmpty();

        List<Outcome> lives = killedAndEnded(command.belay(options), scratch.resolve("killed"), random);
        Outcome last = lives.get(lives.size() - 1);
        assertThat(last.stdout()).as("%s", last).contains("epochs 16, the best parameters: true");
        assertThat(last.finalLine()).isEqualTo(plain.finalLine());

        String[] early = {"early_stopping_patience=2", "save_strategy=steps", "save_steps=5"};
        Outcome stopped = Fork.run(command.belay(early), scratch.resolve("early"));
        assertThat(stopped.stderr()).as("%s", stopped).contains("early stopping");
        assertThat(stopped.stdout()).doesNotContain("epochs 16");
    }

    @Test
    void a_metric_that_nobody_reports_is_an_error_that_lists_those_seen() {
        Fork.run(
                        overfitting()
                                .belay(options(
                                        LOAD,
                                        "save_strategy=steps",
                                        "metric_for_best_model=accuracy",
                                        "on_unsupported=exit")),
                        scratch.resolve("run"))
                .assertEndedWith(INCOMPATIBLE, "metric_for_best_model=accuracy", "eval_loss");
    }

    @Test
    void options_that_do_not_go_together_are_refused_before_the_program_starts() {
        Fork.run(overfitting().belay(LOAD, "save_strategy=no"), scratch.resolve("no"))
                .assertEndedWith(USAGE, "load_best_model_at_end", "save_strategy=no");
        Fork.run(overfitting().belay(LOAD, "keep_best=0"), scratch.resolve("zero"))
                .assertEndedWith(USAGE, "load_best_model_at_end", "keep_best");
    }
}
