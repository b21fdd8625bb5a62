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
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs that no framework, step= or loop= says anything about: Belay finds their training loops by itself. */
class ZeroConfigurationIT {

    private static final int KILLS = 4;
    private static final int ATTEMPTS = 6;
    private static final double ENOUGH_SECONDS = 4;
    private static final String[] OPTIONS = {"save_strategy=time", "save_interval=150ms", "found_after=200ms"};

    @TempDir
    Path scratch;

    private enum Program {
        SOFTMAX("demo.PlainSoftmax", 1, 0),
        ANNEALING("killtest.program.Annealing", 1, 0),
        GRID("killtest.program.GridSearch", 1, 0),
        PHASES("killtest.program.Phases", 2, 1),
        FOLDS("killtest.program.Folds", 1, 0),
        POOLED("killtest.program.Pooled", 1, 0);

        private final String main;
        private final int loops;
        private final int rejected;

        /**
         * @param loops how many step loops it has at least
         * @param rejected in how many loops nothing can be saved
         */
        Program(String main, int loops, int rejected) {
            this.main = main;
            this.loops = loops;
            this.rejected = rejected;
        }

        /** @param work how many times as much it does as by itself */
        Command command(Path jdk, int work) {
            return this == SOFTMAX
                    ? new Command(jdk, List.of(), Built.trainerClassPath(), main, List.of(), Map.of())
                            .arguments("epochs=" + 40 * work, "features=512")
                    : new Command(jdk, List.of(), Built.testProgramClassPath(), main, List.of("" + work), Map.of());
        }

        /** Returns a command that runs long enough here to be killed {@value #KILLS} times. */
        Command longCommand(Path jdk, Path directory) {
            long start = System.nanoTime();
            Fork.run(command(jdk, 1), directory);
            double seconds = (System.nanoTime() - start) / 1e9;
            return command(jdk, (int) Math.max(1, Math.ceil(ENOUGH_SECONDS / seconds)));
        }
    }

    static Stream<Arguments> programs_and_jdks() {
        return Jdks.matrix().stream().flatMap(jdk -> Stream.of(Program.values()).map(p -> Arguments.of(p, jdk)));
    }

    @ParameterizedTest
    @MethodSource("programs_and_jdks")
    void killed_again_and_again_it_ends_as_if_it_never_was(Program program, Path jdk) throws IOException {
        Random random = Seed.random("found " + program + " " + Jdks.feature(jdk));
        Command command = program.longCommand(jdk, scratch.resolve("calibration"));
        Outcome plain = Fork.run(command, scratch.resolve("plain"));
        Outcome unkilled = Fork.run(command.belay(OPTIONS), scratch.resolve("unkilled"));
        assertThat(unkilled.stdout()).isEqualTo(plain.stdout());
        assertThat(unkilled.belayLines("INFO").stream().filter(l -> l.contains("found the training loop")))
                .hasSizeGreaterThanOrEqualTo(program.loops);
        assertThat(unkilled.belayLines("WARN")).hasSize(program.rejected).allMatch(l -> l.contains("REFUSED "));

        Path directory = scratch.resolve("killed");
        List<Long> resumed = new ArrayList<>();
        for (int kill = 0; kill < KILLS; kill++) {
            Outcome life = killedAfterACommit(command, directory, random);
            life.resumedAt().ifPresent(resumed::add);
            if (program == Program.PHASES) {
                assertThat(life.stdout())
                        .as("a loop that was given up is run again")
                        .contains("waiting", "waited");
            }
        }
        Outcome last = Fork.run(command.belay(OPTIONS), directory);
        last.resumedAt().ifPresent(resumed::add);

        assertThat(last.finalLine()).isEqualTo(plain.finalLine());
        assertThat(resumed)
                .as("each life but the first was resumed")
                .hasSize(KILLS)
                .isSorted();
        BelayCommand.verify(directory.resolve("checkpoints").resolve(program.main.replaceFirst(".*\\.", "")))
                .assertIntact();
    }

    /**
     * The kill comes up to two intervals after a checkpoint: in a step, a capture, a write, or between. A program that
     * had ended before is started once more from what it had found, and killed sooner.
     */
    private Outcome killedAfterACommit(Command command, Path directory, Random random) throws IOException {
        Path before = scratch.resolve("before");
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Tree.delete(before);
            Files.createDirectories(directory);
            Tree.copy(directory, before);
            Outcome life = killAfterACommit(command, directory, random.nextInt(300) >> attempt);
            if (life.exit() == Fork.KILLED) {
                return life;
            }
            Tree.delete(directory);
            Tree.copy(before, directory);
        }
        throw new AssertionError("ended before it could be killed, " + ATTEMPTS + " times: " + command);
    }

    private static Outcome killAfterACommit(Command command, Path directory, int delayMillis) {
        try (Fork fork = Fork.start(command.belay(OPTIONS), directory)) {
            while (fork.alive() && !fork.stderr().contains(" committed ")) {
                LockSupport.parkNanos(2_000_000);
            }
            LockSupport.parkNanos(delayMillis * 1_000_000L);
            return fork.kill();
        }
    }

    @Test
    void what_a_loop_of_the_program_is_called_decides_nothing_but_its_time_does() {
        Command command = Program.GRID.command(Jdks.one(), 1);
        Outcome outcome = Fork.run(command.belay("found_after=1h"), scratch.resolve("short"));
        assertThat(outcome.committed()).isEmpty();
        assertThat(outcome.belayLines("WARN"))
                .singleElement()
                .asString()
                .contains("no loop was found that ran for long enough", "found_after", "step=", "loop=");
    }

    /** Of the last checkpoint but the final one: training to an optimum may lose a bit that was changed early. */
    @Test
    void a_bit_that_was_changed_gives_another_result() throws IOException {
        Command command = Program.SOFTMAX.command(Jdks.one(), 1).arguments("epochs=40", "features=64", "batch=2");
        Path directory = scratch.resolve("altered");
        String[] all = Stream.concat(Stream.of(OPTIONS), Stream.of("save_total_limit=none"))
                .toArray(String[]::new);
        Outcome unkilled = Fork.run(command.belay(all), directory);
        List<Long> committed = unkilled.committed();
        long late = committed.get(committed.size() - 2);
        Path checkpoint = directory.resolve("checkpoints/PlainSoftmax/checkpoint-" + late);
        Outcome same = Fork.run(command.belay("resume_from_checkpoint=" + checkpoint, "output_dir=same"), directory);
        assertThat(same.finalLine()).isEqualTo(unkilled.finalLine());
        new Alteration(checkpoint).parameterBit(Seed.random("altered"));
        Outcome resumed =
                Fork.run(command.belay("resume_from_checkpoint=" + checkpoint, "output_dir=again"), directory);
        assertThat(resumed.resumedAt()).hasValue(late);
        assertThat(resumed.finalLine()).isNotEqualTo(unkilled.finalLine());
    }
}
