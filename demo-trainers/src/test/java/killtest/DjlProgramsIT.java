package killtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs on DJL of the kinds that users write, beside the demo trainers, killed again and again. */
class DjlProgramsIT {

    private static final int KILLS = 2;

    @TempDir
    Path scratch;

    private enum Program {
        AHEAD("Ahead"),
        RIVALS("Rivals"),
        ON_MXNET("OnMxNet"),
        BY_HAND("ByHand", "step=killtest.program.ByHand#update");

        private final String name;
        private final List<String> options = new ArrayList<>(List.of("save_strategy=steps", "save_steps=5"));

        Program(String name, String... more) {
            this.name = name;
            options.addAll(List.of(more));
        }

        String[] options() {
            return options.toArray(String[]::new);
        }

        Command command(Path jdk) {
            String classPath = Built.testProgramClassPath() + ":" + (this == ON_MXNET ? mxnet() : pytorch());
            return new Command(
                    jdk,
                    List.of("-Dai.djl.offline=true"),
                    classPath,
                    "killtest.program." + name,
                    List.of(),
                    Map.of("OMP_NUM_THREADS", "1"));
        }

        private static String pytorch() {
            return Built.trainerClassPath();
        }

        private static String mxnet() {
            return Stream.concat(
                            Arrays.stream(pytorch().split(":")).filter(e -> !e.contains("pytorch")),
                            Stream.of(
                                    Built.jarOf("ai/djl/mxnet/engine/MxEngine.class"),
                                    Built.jarOf("native/lib/mxnet.properties")))
                    .collect(Collectors.joining(":"));
        }
    }

    static Stream<Arguments> programs_and_jdks() {
        return Jdks.matrix().stream().flatMap(jdk -> Stream.of(Program.values()).map(p -> Arguments.of(p, jdk)));
    }

    @ParameterizedTest
    @MethodSource("programs_and_jdks")
    void killed_again_and_again_it_ends_as_if_it_never_was(Program program, Path jdk) {
        Random random = Seed.random("djl " + program + " " + Jdks.feature(jdk));
        Command command = program.command(jdk);
        Outcome plain = Fork.run(command, scratch.resolve("plain"));
        Outcome unkilled = Fork.run(command.belay(program.options()), scratch.resolve("unkilled"));
        assertThat(unkilled.finalLine()).isEqualTo(plain.finalLine());
        assertThat(unkilled.belayLines("WARN")).isEmpty();

        Path directory = scratch.resolve("killed");
        List<Long> resumed = new ArrayList<>();
        for (int kill = 0; kill < KILLS; kill++) {
            Outcome life = killAfterACommit(command.belay(program.options()), directory, random);
            assertThat(life.exit()).as("%s", life).isEqualTo(Fork.KILLED);
            life.resumedAt().ifPresent(resumed::add);
        }
        Outcome last = Fork.run(command.belay(program.options()), directory);
        last.resumedAt().ifPresent(resumed::add);

        assertThat(last.finalLine()).isEqualTo(plain.finalLine());
        assertThat(resumed)
                .as("each life but the first was resumed")
                .hasSize(KILLS)
                .isSorted();
        BelayCommand.verify(directory.resolve("checkpoints").resolve(program.name))
                .assertIntact();
    }

    private static Outcome killAfterACommit(Command command, Path directory, Random random) {
        try (Fork fork = Fork.start(command, directory)) {
            while (fork.alive() && !fork.stderr().contains(" committed ")) {
                LockSupport.parkNanos(1_000_000);
            }
            LockSupport.parkNanos(random.nextInt(50) * 1_000_000L);
            return fork.kill();
        }
    }
}
