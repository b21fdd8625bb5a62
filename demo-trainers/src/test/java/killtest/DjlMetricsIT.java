package killtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The demo trainers, of which none knows of Belay, have their losses and accuracies in the checkpoints, whatever is killed. */
class DjlMetricsIT {

    @TempDir
    Path scratch;

    private static TrainerStateFile state(Path directory, Trainer trainer) {
        return TrainerStateFile.of(trainer.output(directory).resolve("checkpoint-" + Trainer.STEPS));
    }

    static Stream<Arguments> djl_trainers() {
        List<Path> jdks = Jdks.all();
        return Stream.of(Trainer.DIGITS_MLP, Trainer.DIGITS_CNN, Trainer.TEXT_LSTM, Trainer.CART_POLE_DQN)
                .map(t -> Arguments.of(t, jdks.get(t.ordinal() % jdks.size())));
    }

    @ParameterizedTest
    @MethodSource("djl_trainers")
    void losses_of_djl_programs_are_there_without_code_and_whatever_is_killed(Trainer trainer, Path jdk) {
        Command command = trainer.command(jdk);
        Outcome unkilled = Fork.run(command.belay(trainer.options()), scratch.resolve("unkilled"));
        Path killed = scratch.resolve("killed");
        Halted.after(trainer, command, killed, 25);
        Halted.after(trainer, command, killed, 60);
        Outcome last = Fork.run(command.belay(trainer.options()), killed);

        assertThat(last.finalLine()).isEqualTo(unkilled.finalLine());
        TrainerStateFile state = state(killed, trainer);
        assertThat(state).isEqualTo(state(scratch.resolve("unkilled"), trainer));
        assertThat(state.steps("loss"))
                .isEqualTo(LongStream.rangeClosed(1, Trainer.STEPS).boxed().toList());
        boolean validates = trainer != Trainer.CART_POLE_DQN;
        assertThat(state.steps("eval_loss").size()).isEqualTo(validates ? 16 : 0);
        if (trainer == Trainer.DIGITS_MLP) {
            assertThat(state.values("eval_accuracy")).hasSize(16).allMatch(v -> v > 0 && v <= 1);
            assertThat(state.values("train_accuracy")).hasSize(16);
        }
    }

    @Test
    void the_validation_losses_of_a_loop_written_by_hand_are_those_that_the_program_writes_itself() throws IOException {
        Trainer trainer = Trainer.DIGITS_CNN;
        Path directory = scratch.resolve("run");
        Outcome outcome = Fork.run(trainer.command(Jdks.one()).belay(trainer.options()), directory);
        assertThat(outcome.exit()).as("%s", outcome).isZero();
        List<Double> training = new ArrayList<>();
        List<Double> validation = new ArrayList<>();
        for (String line : Files.readAllLines(trainer.csv(directory)).subList(1, 17)) {
            String[] columns = line.split(",");
            training.add(Double.valueOf(columns[2]));
            validation.add(Double.valueOf(columns[3]));
        }
        TrainerStateFile state = state(directory, trainer);
        assertThat(state.values("eval_loss")).isEqualTo(validation).isNotEqualTo(training);
        assertThat(state.values("train_loss")).isEqualTo(training);
        assertThat(state.get("train_batch_size").asLong()).isEqualTo(25);
    }
}
