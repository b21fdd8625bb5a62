package killtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same bits interpreted, in C1 and in C2, also where a run is killed under one and goes on under another. */
class JitModesIT {

    private static final Trainer TRAINER = Trainer.PLAIN_SOFTMAX;
    private static final String[][] MODES = {{"-Xint"}, {"-XX:TieredStopAtLevel=1"}, {}};

    @TempDir
    Path scratch;

    static List<Path> jdks() {
        return Jdks.matrix();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void killed_under_one_mode_and_resumed_under_another(Path jdk) {
        Command command = TRAINER.command(jdk);
        String undisturbed = Fork.run(command, scratch.resolve("plain")).finalLine();
        for (int i = 0; i < MODES.length; i++) {
            assertThat(Fork.run(command.with(MODES[i]), scratch.resolve("mode" + i))
                            .finalLine())
                    .isEqualTo(undisturbed);
        }
        for (int first = 0; first < MODES.length; first++) {
            Path directory = scratch.resolve("killed" + first);
            Halted.after(TRAINER, command.with(MODES[first]), directory, 40);
            Halted.after(TRAINER, command.with(MODES[(first + 1) % MODES.length]), directory, 80);
            Outcome last =
                    Fork.run(command.with(MODES[(first + 2) % MODES.length]).belay(TRAINER.options()), directory);
            assertThat(last.finalLine()).isEqualTo(undisturbed);
            assertThat(last.resumedAt()).hasValue(80);
        }
    }
}
