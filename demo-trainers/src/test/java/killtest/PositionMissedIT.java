package killtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import killtest.observer.Wish;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that takes another path than the saved run must be stopped before it does one step there. */
class PositionMissedIT {

    private static final int MISSED = 70;
    private static final String[] OPTIONS = {
        "step=killtest.program.Turning#step", "save_strategy=steps", "save_steps=10"
    };

    private static final Command COMMAND = new Command(
            Jdks.one(), List.of(), Built.testProgramClassPath(), "killtest.program.Turning", List.of("40"), Map.of());

    @TempDir
    Path scratch;

    @Test
    void it_ends_with_70_before_the_first_foreign_step_and_nothing_is_overwritten() throws IOException {
        Path directory = scratch.resolve("run");
        Halted.after(COMMAND, directory, 20, new Wish.Job(40, 10, 0), OPTIONS);
        Path output = directory.resolve("checkpoints/Turning");
        Map<String, String> before = Tree.contents(output);
        String steps = Files.readString(directory.resolve("steps.txt"));

        Outcome outcome = Fork.run(COMMAND.environment("TURN", "1").belay(OPTIONS), directory);

        outcome.assertEndedWith(MISSED, "POSITION MISSED", "Turning");
        assertThat(Files.readString(directory.resolve("steps.txt"))).isEqualTo(steps);
        assertThat(Tree.contents(output)).isEqualTo(before);
        BelayCommand.verify(output).assertIntact();

        Outcome back = Fork.run(COMMAND.belay(OPTIONS), directory);
        assertThat(back.resumedAt()).hasValue(20);
        assertThat(back.stdout())
                .isEqualTo(Fork.run(COMMAND, scratch.resolve("plain")).stdout());
    }
}
