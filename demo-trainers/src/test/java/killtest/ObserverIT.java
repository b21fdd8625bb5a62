package killtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import killtest.observer.Hold;
import killtest.observer.Stage;
import killtest.observer.StageMap;
import killtest.observer.Wish;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The tests' own instrument must see every stage, and must not change what it observes. */
class ObserverIT {

    @TempDir
    Path scratch;

    @ParameterizedTest
    @EnumSource
    void it_sees_the_stages_of_the_program_and_changes_no_result(Trainer trainer) {
        Command command = trainer.command(Jdks.one());
        Outcome plain = Fork.run(command, scratch.resolve("plain"));
        Path file = ObservedLife.freshMap(scratch.resolve("observed"));
        Wish nothing = new Wish(Stage.DELETE, Long.MAX_VALUE, Hold.NONE, new Wish.Job(Trainer.STEPS, 5, 0));

        Outcome observed = Fork.run(command.with(ObserverJar.flag(file, nothing)), scratch.resolve("observed"));

        assertThat(observed.finalLine()).isEqualTo(plain.finalLine());
        StageMap map = ObservedLife.open(file);
        assertThat(map.jobStep()).isEqualTo(Trainer.STEPS);
        assertThat(Stage.values())
                .filteredOn(s -> s.ordinal() <= Stage.STEP.ordinal() || s == Stage.LAST_STEP || s == Stage.VALIDATION)
                .allSatisfy(s -> {
                    assertThat(map.entered(s)).as("%s entered", s).isPositive();
                    assertThat(map.exited(s)).as("%s exited", s).isEqualTo(map.entered(s));
                });
        assertThat(map.entered(Stage.STEP)).isEqualTo(Trainer.STEPS);
        assertThat(map.entered(Stage.RESULT)).isEqualTo(1);
        assertThat(map.entered(Stage.SHUTDOWN)).isEqualTo(1);
    }
}
