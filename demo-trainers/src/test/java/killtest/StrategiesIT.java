package killtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What save_strategy and on_unsupported say, where it cannot be done, and where Belay sees no step at all. */
class StrategiesIT {

    private static final int INCOMPATIBLE = 5;
    private static final int NOTHING_TO_RESUME = 4;
    private static final String STEP = "step=killtest.program.Interrupting#step";
    private static final Command ONE_LOOP = new Command(
            Jdks.one(),
            List.of("-Xmx1g"),
            Built.testProgramClassPath(),
            "killtest.program.Interrupting",
            List.of(),
            Map.of());

    @TempDir
    Path scratch;

    private Path directory() {
        return scratch.resolve("run");
    }

    @Test
    void epochs_are_refused_where_no_loop_is_around_the_step_loop() {
        Outcome warned = Fork.run(ONE_LOOP.belay(STEP, "save_strategy=epoch"), directory());
        assertThat(warned.exit()).as("%s", warned).isZero();
        assertThat(warned.belayLines("WARN")).singleElement().asString().contains("REFUSED save_strategy=epoch");
        assertThat(warned.committed()).isEmpty();

        Outcome ended =
                Fork.run(ONE_LOOP.belay(STEP, "save_strategy=epoch", "on_unsupported=exit"), scratch.resolve("exit"));
        ended.assertEndedWith(INCOMPATIBLE, "REFUSED save_strategy=epoch");
    }

    @Test
    void epochs_are_saved_at_their_ends() {
        Command trainer = Trainer.PLAIN_SOFTMAX.command(Jdks.one());
        Outcome plain = Fork.run(trainer, scratch.resolve("plain"));
        String[] options = {"step=demo.PlainSoftmax#step", "save_strategy=epoch", "save_total_limit=none"};

        Outcome first = Fork.run(trainer.belay(options), directory());

        assertThat(first.finalLine()).isEqualTo(plain.finalLine());
        assertThat(first.committed()).hasSizeGreaterThan(1);
        long middle = first.committed().get(first.committed().size() / 2);
        Path checkpoint = Trainer.PLAIN_SOFTMAX.output(directory()).resolve("checkpoint-" + middle);
        Outcome resumed = Fork.run(
                trainer.belay("step=demo.PlainSoftmax#step", "resume_from_checkpoint=" + checkpoint),
                directory()); // an older checkpoint cuts the file of metrics back further
        assertThat(resumed.resumedAt()).isEqualTo(OptionalLong.of(middle));
        assertThat(Trainer.PLAIN_SOFTMAX.csv(directory()))
                .hasSameBinaryContentAs(Trainer.PLAIN_SOFTMAX.csv(scratch.resolve("plain")));
        assertThat(resumed.finalLine()).isEqualTo(plain.finalLine());
    }

    @Test
    void time_makes_checkpoints_due_too() {
        Command trainer = Trainer.PLAIN_SOFTMAX.command(Jdks.one());
        Outcome plain = Fork.run(trainer, scratch.resolve("plain"));
        Outcome timed = Fork.run(
                trainer.belay("step=demo.PlainSoftmax#step", "save_strategy=time", "save_interval=1s"), directory());
        assertThat(timed.finalLine()).isEqualTo(plain.finalLine());
        assertThat(timed.committed()).isNotEmpty();
    }

    @Test
    void a_program_whose_loops_are_all_short_is_told_that_nothing_was_saved() {
        Command trainer = Trainer.PLAIN_SOFTMAX.command(Jdks.one());
        Outcome outcome = Fork.run(trainer.belay("found_after=1h"), directory());
        assertThat(outcome.exit()).isZero();
        assertThat(outcome.belayLines("WARN"))
                .singleElement()
                .asString()
                .contains("no loop was found that ran for long enough", "step=", "found_after");
        assertThat(outcome.committed()).isEmpty();
    }

    @Test
    void iterations_of_a_named_loop_are_steps_beside_trainers_with_markers_of_their_own() {
        Command trainer = Trainer.PLAIN_SOFTMAX.command(Jdks.one());
        Outcome plain = Fork.run(trainer, scratch.resolve("plain"));
        Outcome outcome = Fork.run(
                trainer.belay("loop=demo.PlainSoftmax#train:2", "save_strategy=steps", "save_steps=5"), directory());
        assertThat(outcome.finalLine()).isEqualTo(plain.finalLine());
        assertThat(outcome.committed()).contains((long) Trainer.STEPS);
    }

    @Test
    void where_there_is_no_step_there_is_nothing_to_resume() {
        Command stepless = new Command(
                Jdks.one(), List.of(), Built.testProgramClassPath(), "killtest.program.Stepless", List.of(), Map.of());
        Fork.run(stepless.belay("resume_from_checkpoint=true"), directory())
                .assertEndedWith(NOTHING_TO_RESUME, "resume_from_checkpoint");
    }

    @Test
    void damaged_class_files_on_the_class_path_stop_nobody() throws IOException {
        Path broken = Files.createDirectories(scratch.resolve("broken"));
        Files.write(broken.resolve("Cut.class"), new byte[] {(byte) 0xca, (byte) 0xfe, (byte) 0xba, (byte) 0xbe, 0, 0});
        Files.write(broken.resolve("Empty.class"), new byte[0]);
        Command command = new Command(
                Jdks.one(),
                List.of("-Xmx1g"),
                broken + ":" + Built.testProgramClassPath(),
                "killtest.program.Interrupting",
                List.of(),
                Map.of());
        Outcome outcome = Fork.run(command.belay(STEP, "save_strategy=steps", "save_steps=4"), directory());
        assertThat(outcome.exit()).as("%s", outcome).isZero();
        assertThat(outcome.committed()).endsWith(8L);
        assertThat(outcome.belayLines("WARN")).isEmpty();
    }
}
