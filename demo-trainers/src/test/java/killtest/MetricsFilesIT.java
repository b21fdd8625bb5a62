package killtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import killtest.observer.Hold;
import killtest.observer.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The files of metrics that the demo trainers write line by line are those of runs that were not killed, byte for byte. */
class MetricsFilesIT {

    /** Each some lines after a checkpoint, or in the epoch after one. */
    private static final List<Integer> KILLED_AT = List.of(23, 61, 84, 122, 149);

    @TempDir
    Path scratch;

    /** Each trainer on one JDK: all of them are tested on all in {@link KillChainIT}. */
    static Stream<Arguments> trainers() {
        List<Path> jdks = Jdks.all();
        return Stream.of(Trainer.values()).map(t -> Arguments.of(t, jdks.get(t.ordinal() % jdks.size())));
    }

    @ParameterizedTest
    @MethodSource("trainers")
    void csv_files_of_all_demo_trainers_are_equal_after_5_kills(Trainer trainer, Path jdk) {
        Command command = trainer.command(jdk);
        Path plain = scratch.resolve("plain");
        assertThat(Fork.run(command, plain).exit()).isZero();
        Path killed = scratch.resolve("killed");

        killed(trainer, command, killed, KILLED_AT);
        Outcome last = Fork.run(command.belay(trainer.options()), killed);

        assertThat(last.exit()).as("%s", last).isZero();
        assertThat(last.resumedAt().orElseThrow()).isGreaterThan(100);
        assertThat(trainer.csv(plain)).isNotEmptyFile();
        assertThat(trainer.csv(killed)).hasSameBinaryContentAs(trainer.csv(plain));
    }

    @Test
    void left_alone_they_differ() throws Exception {
        Trainer trainer = Trainer.PLAIN_SOFTMAX;
        Command command = trainer.command(Jdks.one());
        Path plain = scratch.resolve("plain");
        Path killed = scratch.resolve("killed");
        assertThat(Fork.run(command, plain).exit()).isZero();

        killed(trainer, command, killed, KILLED_AT.subList(0, 2), "files=leave");
        Outcome last = Fork.run(command.belay(trainer.options("files=leave")), killed);

        assertThat(last.exit()).as("%s", last).isZero();
        assertThat(Files.readString(trainer.csv(killed))).isNotEqualTo(Files.readString(trainer.csv(plain)));
    }

    private static void killed(
            Trainer trainer, Command command, Path directory, List<Integer> steps, String... options) {
        for (int step : steps) {
            Kill kill = new Kill(Stage.STEP, step, Hold.ENTRY, 0);
            ObservedLife life = ObservedLife.run(command, directory, kill, Trainer.JOB, trainer.options(options));
            assertThat(life.killedWhereWanted()).as("%s", life).isTrue();
        }
    }
}
