package killtest;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs that go on with other arguments: longer ones end as if they had been so long from the start, all else is refused. */
class ChangedRunsIT {

    private static final int INCOMPATIBLE = 5;
    private static final int KILLS = 3;
    private static final String MARKED = "step=killtest.program.Extended#step";
    private static final String[] STEPS = {"save_strategy=steps", "save_steps=7"};
    private static final String[] FOUND = {"save_strategy=time", "save_interval=60ms", "found_after=100ms"};

    @TempDir
    Path scratch;

    /** How a program is extended: all that is changed is its number of epochs. */
    private enum Job {
        LOCAL("first", "epochs", List.of(MARKED), STEPS, 20),
        FIELD("field", "epochs+program.config.epochs", List.of(MARKED), STEPS, 20),
        ONE_LOOP("flat", "epochs+steps", List.of(MARKED), STEPS, 1),
        AT_THE_END("bottom", "epochs", List.of(MARKED), STEPS, 20),
        IN_THE_MIDDLE("middle", "epochs", List.of(MARKED), STEPS, 20),
        NAMED("flat", "epochs+steps", List.of("loop=killtest.program.Extended#flat"), STEPS, 1),
        FOUND_INSIDE("first", "epochs", List.of(), FOUND, 20),
        FOUND_ALONE("flat", "epochs+steps", List.of(), FOUND, 1),
        TEXT_LSTM("demo.TextLstm", "epochs", List.of(), new String[] {"save_strategy=steps", "save_steps=5"}, 10) {
            @Override
            Command command(Path jdk, int epochs) {
                return Trainer.TEXT_LSTM
                        .command(jdk)
                        .arguments("epochs=" + epochs, "batch=8", "length=16", "characters=1680", "units=32");
            }
        },
        DIGITS_MLP(
                "demo.DigitsMlp",
                "epochs+numEpoch",
                List.of(),
                new String[] {"save_strategy=steps", "save_steps=5"},
                10) {
            @Override
            Command command(Path jdk, int epochs) {
                return Trainer.DIGITS_MLP
                        .command(jdk)
                        .arguments("epochs=" + epochs, "batch=25", "samples=250", "units=32");
            }
        };

        private final String kind;
        private final String accepted;
        private final List<String> options;
        private final int stepsPerEpoch;

        Job(String kind, String accepted, List<String> marks, String[] saving, int stepsPerEpoch) {
            this.kind = kind;
            this.accepted = accepted;
            this.options = Stream.concat(Stream.of(saving), marks.stream()).toList();
            this.stepsPerEpoch = stepsPerEpoch;
        }

        Command command(Path jdk, int epochs) {
            return program(jdk, kind, "epochs=" + epochs);
        }

        String[] options(String... more) {
            return Stream.concat(options.stream(), Stream.of(more)).toArray(String[]::new);
        }

        /** Returns a number of epochs that takes a second or so. */
        int half() {
            return stepsPerEpoch == 1 ? 200 : 10;
        }
    }

    private static Command program(Path jdk, String... arguments) {
        return new Command(
                jdk,
                List.of(),
                Built.testProgramClassPath(),
                "killtest.program.Extended",
                List.of(arguments),
                Map.of());
    }

    static Stream<Arguments> jobs_and_jdks() {
        return Jdks.matrix().stream().flatMap(jdk -> Stream.of(Job.values()).map(j -> Arguments.of(j, jdk)));
    }

    @ParameterizedTest
    @MethodSource("jobs_and_jdks")
    void a_finished_run_is_extended_and_killed_and_equals_the_longer_run(Job job, Path jdk) {
        Random random = Seed.random("extended " + job + " " + Jdks.feature(jdk));
        Command shorter = job.command(jdk, job.half());
        Command longer = job.command(jdk, 2 * job.half());
        String expected = Fork.run(longer, scratch.resolve("plain")).finalLine();

        Path directory = scratch.resolve("run");
        Outcome finished = Fork.run(shorter.belay(job.options()), directory);
        assertThat(finished.finalLine()).isNotEqualTo(expected);
        long last = finished.committed().get(finished.committed().size() - 1);

        assertEquals(expected, last, killedAndEnded(job, longer, directory, random), job);
    }

    @ParameterizedTest
    @MethodSource("jobs_and_jdks")
    void a_run_that_was_killed_goes_on_for_longer_and_equals_the_longer_run(Job job, Path jdk) {
        Random random = Seed.random("prolonged " + job + " " + Jdks.feature(jdk));
        Command longer = job.command(jdk, 2 * job.half());
        String expected = Fork.run(longer, scratch.resolve("plain")).finalLine();

        Path directory = scratch.resolve("run");
        Outcome killed = killAfterACommit(job.command(jdk, job.half()).belay(job.options()), directory, random);
        assertThat(killed.exit()).as("%s", killed).isEqualTo(Fork.KILLED);

        assertEquals(expected, 1, killedAndEnded(job, longer, directory, random), job);
    }

    /** Returns all lives with the changed arguments; once a checkpoint of theirs is saved, these are its own. */
    private static List<Outcome> killedAndEnded(Job job, Command longer, Path directory, Random random) {
        String[] accepting = job.options("accept_changes=" + job.accepted);
        List<Outcome> lives = new ArrayList<>();
        for (int kill = 0; kill < KILLS; kill++) {
            boolean changed = lives.stream().allMatch(l -> l.committed().isEmpty());
            lives.add(killAfterACommit(longer.belay(changed ? accepting : job.options()), directory, random));
        }
        boolean changed = lives.stream().allMatch(l -> l.committed().isEmpty());
        lives.add(Fork.run(longer.belay(changed ? accepting : job.options()), directory));
        return lives;
    }

    private static void assertEquals(String expected, long from, List<Outcome> lives, Job job) {
        Outcome last = lives.get(lives.size() - 1);
        assertThat(last.finalLine()).as("%s", last).isEqualTo(expected);
        assertThat(lives.get(0).stderr())
                .as("what was taken over is told")
                .contains("accepted change: " + job.accepted.replaceFirst(".*\\+", "") + " is ");
        for (Outcome life : lives) {
            assertThat(life.resumedAt()).as("%s", life).isPresent();
            assertThat(life.resumedAt().getAsLong()).isGreaterThanOrEqualTo(from);
        }
    }

    private static Outcome killAfterACommit(Command command, Path directory, Random random) {
        try (Fork fork = Fork.start(command, directory)) {
            while (fork.alive() && !fork.stderr().contains(" committed ")) {
                LockSupport.parkNanos(1_000_000);
            }
            LockSupport.parkNanos(random.nextInt(100) * 1_000_000L);
            return fork.kill();
        }
    }

    private Outcome finishedThen(String kind, String accepted, String... arguments) {
        String[] options = Stream.concat(Stream.of(STEPS), Stream.of(MARKED)).toArray(String[]::new);
        Path directory = scratch.resolve(kind);
        Fork.run(program(Jdks.one(), kind, "epochs=10").belay(options), directory)
                .finalLine();
        String[] all = Stream.concat(
                        Stream.of(options), accepted.isEmpty() ? Stream.of() : Stream.of("accept_changes=" + accepted))
                .toArray(String[]::new);
        Map<String, String> before = Tree.contents(directory.resolve("checkpoints/Extended"));
        String[] whole = Stream.concat(Stream.of(kind), Stream.of(arguments)).toArray(String[]::new);
        Outcome outcome = Fork.run(program(Jdks.one(), whole).belay(all), directory);
        if (outcome.exit() != 0) {
            assertThat(outcome.stdout()).isEmpty();
            assertThat(Tree.contents(directory.resolve("checkpoints/Extended"))).isEqualTo(before);
        }
        return outcome;
    }

    @Test
    void changed_arguments_are_refused_by_name_unless_accepted() {
        finishedThen("first", "", "epochs=20")
                .assertEndedWith(
                        INCOMPATIBLE,
                        "REFUSED",
                        "epochs=20 (saved: 10)",
                        "accept_changes=epochs",
                        "another output_dir");
    }

    @Test
    void a_schedule_computed_from_the_number_of_epochs_is_refused_by_name() {
        finishedThen("schedule", "epochs", "epochs=20")
                .assertEndedWith(INCOMPATIBLE, "REFUSED", "Extended.rates is double[20]", "(saved: double[10]");
    }

    @Test
    void what_is_no_plain_value_cannot_be_accepted() {
        finishedThen("schedule", "epochs+Extended.rates", "epochs=20")
                .assertEndedWith(INCOMPATIBLE, "REFUSED", "Extended.rates", "cannot be put into what was saved");
    }

    @Test
    void a_field_that_bounds_the_loop_is_refused_by_its_own_name() {
        finishedThen("field", "epochs", "epochs=20")
                .assertEndedWith(
                        INCOMPATIBLE,
                        "REFUSED",
                        "program.config.epochs is 20 (saved: 10)",
                        "accept_changes=epochs+program.config.epochs");
    }

    @Test
    void a_name_that_nothing_has_is_refused_with_those_that_are_known() {
        finishedThen("first", "epochs+epoch", "epochs=20")
                .assertEndedWith(INCOMPATIBLE, "accept_changes=epoch:", "what has changed is epochs");
    }

    @Test
    void an_argument_that_no_value_shows_is_refused() {
        finishedThen("first", "epochs", "epochs=20", "rate=0.1", "data=elsewhere")
                .assertEndedWith(INCOMPATIBLE, "REFUSED", "data=elsewhere (saved: absent)");
    }

    @Test
    void a_run_that_had_stopped_early_stays_finished() {
        finishedThen("early", "epochs", "epochs=20")
                .assertEndedWith(
                        INCOMPATIBLE, "REFUSED", "ends again at once", "stopped early", "stays finished", "output_dir");
    }

    @Test
    void a_loop_that_a_call_bounds_stays_finished() {
        finishedThen("called", "epochs", "epochs=20")
                .assertEndedWith(INCOMPATIBLE, "REFUSED", "not left by a plain test", "stays finished");
    }

    @Test
    void a_second_training_loop_is_not_extended_as_the_first_one_would_be_longer_too() {
        finishedThen("twice", "epochs", "epochs=20")
                .assertEndedWith(INCOMPATIBLE, "REFUSED", "behind another training loop");
    }

    /** The rate is the program's own state once it has changed it. */
    @Test
    void what_training_has_changed_goes_on_from_its_saved_value() {
        Outcome outcome = finishedThen("decay", "epochs+rate+program.config.rate", "epochs=20", "rate=0.2");
        assertThat(outcome.belayLines("WARN"))
                .anyMatch(l -> l.contains("config.rate goes on from its saved value 0.0348"));
        String expected = Fork.run(program(Jdks.one(), "decay", "epochs=20"), scratch.resolve("plain"))
                .finalLine();
        assertThat(outcome.finalLine()).isEqualTo(expected);
    }

    /** The first half is trained with the old rate, the second with the new one. */
    @Test
    void what_training_has_not_changed_takes_its_new_value() {
        Outcome outcome = finishedThen("first", "epochs+rate+program.config.rate", "epochs=20", "rate=0.02");
        Outcome old = Fork.run(program(Jdks.one(), "first", "epochs=20"), scratch.resolve("old"));
        Outcome now = Fork.run(program(Jdks.one(), "first", "epochs=20", "rate=0.02"), scratch.resolve("new"));
        assertThat(outcome.belayLines("WARN")).anyMatch(l -> l.contains("program.config.rate is 0.02 (saved: 0.1)"));
        assertThat(outcome.finalLine()).isNotIn(old.finalLine(), now.finalLine());
    }

    @Test
    void the_schedule_of_a_framework_is_refused_by_name() {
        Command command = Trainer.DIGITS_CNN.command(Jdks.one());
        Path directory = scratch.resolve("cnn");
        Halted.after(Trainer.DIGITS_CNN, command, directory, 25);
        Command longer = command.arguments(
                "epochs=32", "batch=25", "samples=250", "filters=32", "patience=100", "log=10", "csv=metrics.csv");
        Fork.run(longer.belay(Trainer.DIGITS_CNN.options("accept_changes=epochs")), directory)
                .assertEndedWith(INCOMPATIBLE, "REFUSED", "racker");
    }
}
