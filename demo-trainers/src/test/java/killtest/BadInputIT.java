package killtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the user got wrong is said in one line, before the program starts. */
class BadInputIT {

    private static final Trainer TRAINER = Trainer.PLAIN_SOFTMAX;
    private static final Command COMMAND = TRAINER.command(Jdks.one());
    private static final int USAGE = 64;

    @TempDir
    Path scratch;

    private void assertRefused(String option, String... words) {
        Path directory = scratch.resolve("run");
        Outcome outcome = Fork.run(COMMAND.belay(TRAINER.options(option)), directory);
        outcome.assertEndedWith(USAGE, words);
        assertThat(outcome.stdout()).isEmpty();
        assertThat(outcome.stderr().lines()).hasSize(1);
        assertThat(Tree.names(directory)).as("what was written").isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "save_stesp=5, save_stesp, save_steps",
        "save_total_limit=abc, save_total_limit=abc, expected",
        "save_interval=5x, save_interval=5x, expected",
    })
    void options_that_cannot_be_understood(String option, String first, String second) {
        assertRefused(option, first, second);
    }

    @Test
    void steps_that_are_no_number() {
        Path directory = scratch.resolve("run");
        Outcome outcome = Fork.run(COMMAND.belay("step=demo.PlainSoftmax#step", "save_steps=abc"), directory);
        outcome.assertEndedWith(USAGE, "save_steps=abc", "expected");
        assertThat(outcome.stdout()).isEmpty();
    }

    @Test
    void an_output_dir_that_is_a_file() throws IOException {
        Path file = Files.writeString(scratch.resolve("file"), "mine");
        assertRefused("output_dir=" + file, "output_dir", file.toString());
        assertThat(file).hasContent("mine");
    }

    @Test
    void an_output_dir_that_cannot_be_made() {
        assertRefused("output_dir=/proc/belay/checkpoints", "output_dir", "/proc/belay");
    }

    @Test
    void an_output_dir_that_others_may_write() throws IOException {
        Path open = Files.createDirectory(scratch.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertRefused("output_dir=" + open, "output_dir", open.toString());
        assertThat(Tree.names(open)).isEmpty();
    }

    @Test
    void a_step_that_is_nowhere() {
        Outcome outcome = Fork.run(COMMAND.belay("step=demo.PlainSoftmax#stride"), scratch.resolve("run"));
        outcome.assertEndedWith(USAGE, "demo.PlainSoftmax#stride");
        assertThat(outcome.stdout()).isEmpty();
    }
}
