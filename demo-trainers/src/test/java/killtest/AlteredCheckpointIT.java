package killtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The comparisons of {@link KillChainIT} must be able to fail: one altered bit, one dropped slot and one generator that
 * stands elsewhere are seen in the checkpoint, and in the result or by a refusal.
 */
class AlteredCheckpointIT {

    /** In the middle of an epoch. */
    private static final long STEP = 75;

    private static final int SHUFFLES = 8;

    @TempDir
    Path scratch;

    @ParameterizedTest
    @EnumSource
    void one_bit_of_a_parameter_is_seen(Trainer trainer) throws IOException {
        Path checkpoint = saved(trainer);
        Path altered = copy(checkpoint);

        String parameter = new Alteration(altered).parameterBit(Seed.random("bit of " + trainer));

        assertThat(CheckpointComparison.differences(checkpoint, altered))
                .singleElement()
                .asString()
                .startsWith("model.safetensors: " + parameter + " differs at byte ");
        assertThat(resumed(trainer, altered).finalLine()).isNotEqualTo(undisturbed(trainer));
    }

    @ParameterizedTest
    @EnumSource
    void without_an_alteration_the_same_way_leads_to_the_same_result(Trainer trainer) throws IOException {
        Path checkpoint = saved(trainer);
        Path copy = copy(checkpoint);
        Resealer.reseal(copy);

        BelayCommand.verify(copy).assertIntact();
        assertThat(CheckpointComparison.differences(checkpoint, copy)).isEmpty();
        assertThat(resumed(trainer, copy).finalLine()).isEqualTo(undisturbed(trainer));
    }

    @ParameterizedTest
    @EnumSource(names = {"DIGITS_MLP", "DIGITS_CNN"})
    void a_dropped_optimizer_slot_is_seen(Trainer trainer) throws IOException {
        Path checkpoint = saved(trainer);
        Path altered = copy(checkpoint);

        String slot = new Alteration(altered).slot();

        assertThat(CheckpointComparison.differences(checkpoint, altered))
                .containsExactly("optimizer.safetensors: " + slot + " is in one of them only");
        Outcome outcome = resumed(trainer, altered);
        if (outcome.exit() == 0) {
            assertThat(outcome.finalLine()).isNotEqualTo(undisturbed(trainer));
        } else {
            outcome.assertEndedWith(5, "REFUSED", slot.substring(0, slot.lastIndexOf('.')));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DIGITS_MLP", "DIGITS_CNN"})
    void a_torch_generator_that_stands_elsewhere_is_seen(Trainer trainer) throws IOException {
        Path checkpoint = saved(trainer);
        Path altered = copy(checkpoint);

        String generator = new Alteration(altered).torchGenerator();

        assertThat(CheckpointComparison.differences(checkpoint, altered))
                .singleElement()
                .asString()
                .startsWith("optimizer.safetensors: " + generator + " differs");
        assertThat(resumed(trainer, altered).finalLine()).isNotEqualTo(undisturbed(trainer));
    }

    @Test
    void a_java_generator_that_stands_elsewhere_is_seen() throws IOException {
        Path checkpoint = saved(Trainer.PLAIN_SOFTMAX);
        Path altered = copy(checkpoint);

        new Alteration(altered).javaGenerator(OpenRandom.ofPlainSoftmax(7, 64, 250, SHUFFLES));

        assertThat(CheckpointComparison.differences(checkpoint, altered))
                .singleElement()
                .asString()
                .startsWith("loop.kryo differs");
        assertThat(resumed(Trainer.PLAIN_SOFTMAX, altered).finalLine())
                .isNotEqualTo(undisturbed(Trainer.PLAIN_SOFTMAX));
    }

    private Path saved(Trainer trainer) {
        Path directory = scratch.resolve("saved");
        Halted.after(trainer, trainer.command(Jdks.one()), directory, STEP);
        return trainer.output(directory).resolve("checkpoint-" + STEP);
    }

    private Path copy(Path checkpoint) {
        return Tree.copy(checkpoint, scratch.resolve("altered").resolve("checkpoint-" + STEP));
    }

    private Outcome resumed(Trainer trainer, Path checkpoint) {
        Command command = trainer.command(Jdks.one());
        trainer.takeCsv(scratch.resolve("saved"), scratch.resolve("resumed"));
        Outcome outcome = Fork.run(
                command.belay(trainer.options("resume_from_checkpoint=" + checkpoint)), scratch.resolve("resumed"));
        if (outcome.exit() == 0) {
            assertThat(outcome.resumedAt()).hasValue(STEP);
        }
        return outcome;
    }

    private String undisturbed(Trainer trainer) {
        return Fork.run(trainer.command(Jdks.one()), scratch.resolve("undisturbed"))
                .finalLine();
    }
}
