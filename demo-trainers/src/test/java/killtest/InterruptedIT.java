package killtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training thread that is interrupted waits for the writer all the same: no checkpoint may hold two steps. */
class InterruptedIT {

    private static final Command COMMAND = new Command(
            Jdks.one(),
            List.of("-Xmx1g"),
            Built.testProgramClassPath(),
            "killtest.program.Interrupting",
            List.of(),
            Map.of());

    @TempDir
    Path scratch;

    @Test
    void every_checkpoint_holds_one_step_and_the_last_one_is_there() throws IOException {
        Path directory = scratch.resolve("run");
        Outcome plain = Fork.run(COMMAND, scratch.resolve("plain"));

        Outcome outcome = Fork.run(
                COMMAND.belay(
                        "step=killtest.program.Interrupting#step",
                        "save_strategy=steps",
                        "save_steps=1",
                        "save_total_limit=none",
                        "trial_save=false"),
                directory);

        assertThat(outcome.exit()).as("%s", outcome).isZero();
        assertThat(outcome.stdout()).isEqualTo(plain.stdout()).contains("interrupted true");
        Path output = directory.resolve("checkpoints/Interrupting");
        assertThat(output.resolve("checkpoint-8")).isDirectory();
        try (Stream<Path> all = Files.list(output)) {
            for (Path checkpoint : all.filter(p -> p.getFileName().toString().startsWith("checkpoint-"))
                    .toList()) {
                assertHoldsOneStep(checkpoint);
            }
        }
        BelayCommand.verify(output).assertIntact();
    }

    private static void assertHoldsOneStep(Path checkpoint) throws IOException {
        double step = Double.parseDouble(checkpoint.getFileName().toString().substring("checkpoint-".length()));
        for (SafetensorsFile.Tensor t :
                SafetensorsFile.read(checkpoint.resolve("model.safetensors")).values()) {
            DoubleBuffer values =
                    ByteBuffer.wrap(t.bytes()).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer();
            while (values.hasRemaining()) {
                if (values.get() != step) {
                    throw new AssertionError(checkpoint + " holds another step's " + values.get(values.position() - 1));
                }
            }
        }
    }
}
