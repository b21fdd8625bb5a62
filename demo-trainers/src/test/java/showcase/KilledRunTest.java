package showcase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledRunTest {

    private static final long SEED = 11;
    private static final int KILLS = 3;

    @TempDir
    private Path directory;

    @Test
    void every_wanted_kill_is_followed_by_a_resume_above_step_0_and_the_last_life_ends_by_itself() throws Exception {
        List<Life> lives = run("good");

        List<Life> resumed = lives.stream().filter(l -> l.resumedStep() > 0).toList();
        assertThat(resumed).as("seed %d", SEED).hasSize(KILLS);
        for (int i = 0; i + 1 < lives.size(); i++) {
            assertThat(lives.get(i).killed()).isTrue();
            assertThat(lives.get(i).exitCode()).isEqualTo(128 + 9);
            assertThat(lives.get(i).lastStep()).isBetween(lives.get(i + 1).resumedStep(), CountingTrainer.STEPS);
        }
        Life last = lives.get(lives.size() - 1);
        assertThat(last.killed()).isFalse();
        assertThat(last.lastStep()).isEqualTo(CountingTrainer.STEPS);
        assertThat(last.finalLine()).startsWith("FINAL 00");
    }

    @Test
    void a_life_that_starts_over_though_a_checkpoint_was_committed_is_a_failure() {
        assertThatThrownBy(() -> run("forgetful"))
                .isInstanceOf(Failure.class)
                .hasMessageMatching("a checkpoint was committed, but life \\d was not resumed; it said last: .*; see"
                        + " .*life-\\d.log");
    }

    @Test
    void lives_that_commit_nothing_are_not_started_for_ever() {
        assertThatThrownBy(() -> run("careless"))
                .isInstanceOf(Failure.class)
                .hasMessageStartingWith("no checkpoint was committed in 5 lives; it said last: step ");
    }

    @Test
    void a_program_that_fails_is_a_failure() {
        assertThatThrownBy(() -> run())
                .isInstanceOf(Failure.class)
                .hasMessageStartingWith(
                        "life 1 ended by itself with exit code 1 and without a FINAL line; it said last: ");
    }

    private List<Life> run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                CountingTrainer.class.getName()));
        command.addAll(List.of(arguments));
        Screen nowhere =
                new Screen(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8), false);
        TrainingProcess process = new TrainingProcess(command, directory);
        return new KilledRun(process, KILLS, CountingTrainer.STEPS, new Random(SEED), nowhere).run(directory);
    }
}
