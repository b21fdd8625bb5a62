package killtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Killed runs that are started again with another number of epochs, wherever the program holds it: they end as longer runs
 * or are refused, but never as the shorter one.
 */
class ChangedHoldersIT {

    private static final int INCOMPATIBLE = 5;

    @TempDir
    Path scratch;

    private static Command program(String kind, String epochs) {
        return new Command(
                Jdks.one(),
                List.of(),
                Built.testProgramClassPath(),
                "killtest.program.Held",
                List.of(kind, epochs),
                Map.of());
    }

    /** Kills a run of ten epochs and starts it again with twenty. */
    private Outcome longer(String kind, String argument, String accepted) {
        List<String> options = List.of("step=killtest.program.Held#step", "save_strategy=steps", "save_steps=7");
        Path directory = scratch.resolve(kind + accepted);
        Command shorter = program(kind, argument + "10").belay(options.toArray(String[]::new));
        try (Fork fork = Fork.start(shorter, directory)) {
            while (fork.alive() && !fork.stderr().contains(" committed ")) {
                LockSupport.parkNanos(1_000_000);
            }
            assertThat(fork.kill().exit()).isEqualTo(Fork.KILLED);
        }
        Stream<String> accepting = accepted.isEmpty() ? Stream.of() : Stream.of("accept_changes=" + accepted);
        String[] all = Stream.concat(options.stream(), accepting).toArray(String[]::new);
        Map<String, String> before = Tree.contents(directory.resolve("checkpoints/Held"));
        Outcome outcome = Fork.run(program(kind, argument + "20").belay(all), directory);
        if (outcome.exit() == INCOMPATIBLE) {
            assertThat(outcome.stdout()).isEmpty();
            assertThat(Tree.contents(directory.resolve("checkpoints/Held"))).isEqualTo(before);
        }
        return outcome;
    }

    /** A field is named, even where its value is the argument's own text and nothing reads the local that leads to it. */
    @Test
    void a_field_with_the_arguments_text_is_not_the_argument() {
        longer("dropped", "epochs=", "epochs")
                .assertEndedWith(
                        INCOMPATIBLE, "REFUSED", "config.epochs is 20 (saved: 10) too", "accept_changes=epochs+config");
    }

    @Test
    void a_field_that_its_local_does_not_lead_to_any_more_is_refused_though_accepted() {
        longer("dropped", "epochs=", "epochs+config.epochs")
                .assertEndedWith(
                        INCOMPATIBLE,
                        "REFUSED",
                        "config.epochs is 20 (saved: 10), and config does not lead to it any more",
                        "another output_dir");
    }

    @Test
    void an_argument_in_an_array_that_its_local_does_not_lead_to_any_more_is_refused() {
        longer("given", "", "")
                .assertEndedWith(
                        INCOMPATIBLE, "REFUSED", "args[1] is 20 (saved: 10), and args does not lead to it any more");
    }

    @ParameterizedTest
    @CsvSource({"counted,Held.epochs", "warm,program.config.epochs"})
    void a_field_that_is_set_on_the_way_or_was_seen_before_is_refused_by_its_own_name(String kind, String field) {
        longer(kind, "epochs=", "epochs")
                .assertEndedWith(INCOMPATIBLE, "REFUSED", field + " is 20 (saved: 10)", "accept_changes=");
    }

    @ParameterizedTest
    @CsvSource({"counted,epochs+Held.epochs", "warm,epochs+program.config.epochs"})
    void such_a_field_that_is_accepted_makes_the_run_longer(String kind, String accepted) {
        String expected =
                Fork.run(program(kind, "epochs=20"), scratch.resolve("plain")).finalLine();
        Outcome outcome = longer(kind, "epochs=", accepted);
        assertThat(outcome.resumedAt()).isPresent();
        assertThat(outcome.finalLine()).as("%s", outcome).isEqualTo(expected);
    }
}
