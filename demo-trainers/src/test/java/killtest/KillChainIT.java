package killtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The main promise: a job that was killed in every stage ends with the bits of a run that was never killed. */
class KillChainIT {

    @TempDir
    Path scratch;

    static Stream<Arguments> trainers_and_jdks() {
        return Jdks.matrix().stream().flatMap(jdk -> Stream.of(Trainer.values()).map(t -> Arguments.of(t, jdk)));
    }

    @ParameterizedTest
    @MethodSource("trainers_and_jdks")
    void killed_in_every_stage_the_result_is_that_of_an_undisturbed_run(Trainer trainer, Path jdk) throws IOException {
        Random random = Seed.random("chain " + trainer + " " + Jdks.feature(jdk));
        Command command = trainer.command(jdk);
        Path plainRun = scratch.resolve("plain");
        Path unkilledRun = scratch.resolve("unkilled");
        Path killedRun = scratch.resolve("killed");

        Outcome plain = Fork.run(command, plainRun);
        assertUndisturbed(plain, Fork.run(command.belay(trainer.options()), scratch.resolve("belay")));
        Outcome unkilled = ObservedLife.unkilled(command, unkilledRun, Trainer.JOB, trainer.options());
        assertThat(unkilled.finalLine()).isEqualTo(plain.finalLine());
        assertThat(unkilled.committed()).hasSizeGreaterThanOrEqualTo(5).endsWith((long) Trainer.STEPS);

        KillChain chain = new KillChain(trainer, command, killedRun, random);
        Outcome killed = chain.run();

        assertThat(killed.finalLine()).isEqualTo(plain.finalLine());
        assertThat(trainer.csv(plainRun)).isNotEmptyFile();
        assertThat(trainer.csv(killedRun)).hasSameBinaryContentAs(trainer.csv(plainRun));
        assertThat(trainer.csv(unkilledRun)).hasSameBinaryContentAs(trainer.csv(plainRun));
        assertSameState(trainer, newest(trainer, unkilledRun), newest(trainer, killedRun));
        assertThat(chain.kills()).isGreaterThanOrEqualTo(10);
        assertThat(chain.resumedAboveZero()).isGreaterThanOrEqualTo(8);
        assertThat(chain.boundsAsserted())
                .as("lives in which the bound on lost steps applied")
                .isGreaterThanOrEqualTo(4);
        BelayCommand.verify(trainer.output(killedRun)).assertIntact();
        assertThat(Tree.names(trainer.output(killedRun)))
                .as("save_total_limit holds, whatever was killed while it deleted")
                .filteredOn(n -> n.startsWith("checkpoint-"))
                .hasSize(3);
    }

    private static Path newest(Trainer trainer, Path directory) {
        return trainer.output(directory).resolve("checkpoint-" + Trainer.STEPS);
    }

    private static void assertSameState(Trainer trainer, Path unkilled, Path killed) {
        assertThat(
                        trainer.keepsTimes()
                                ? CheckpointComparison.differencesBesidesTimes(unkilled, killed)
                                : CheckpointComparison.differences(unkilled, killed))
                .isEmpty();
    }

    private static void assertUndisturbed(Outcome plain, Outcome belay) {
        assertThat(belay.finalLine()).isEqualTo(plain.finalLine());
        assertThat(belay.stdout()).isEqualTo(plain.stdout());
        assertThat(belay.stderrOfProgram())
                .as("stderr without Belay's INFO lines")
                .isEqualTo(plain.stderr());
        assertThat(belay.committed()).endsWith((long) Trainer.STEPS);
    }
}
