package dev.belay.adapter.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.recurrent.LSTM;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import dev.belay.state.MemoryCheckpoint;
import dev.belay.state.TensorFile;
import dev.belay.state.Unsupported;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MxNetTest {

    private static final String ENGINE = "MXNet";
    private static final String LOCAL_SERVER = "ai.djl.use_local_parameter_server";
    private static final String WEIGHT = "02Linear_weight";
    private static final int SEED = 5;
    private static final int BEFORE = 9;
    private static final int AFTER = 8;

    @BeforeEach
    void seed() {
        Engine.getEngine(ENGINE).setRandomSeed(SEED);
    }

    @AfterEach
    void use_the_server_that_is_the_default() {
        System.clearProperty(LOCAL_SERVER);
    }

    private static Optimizer optimizer(String name) {
        Tracker rate = Tracker.multiFactor()
                .setBaseValue(0.01f)
                .setSteps(new int[] {6, 14})
                .optFactor(0.5f)
                .build();
        return switch (name) {
            case "sgd" ->
                Optimizer.sgd().setLearningRateTracker(rate).optMomentum(0.9f).build();
            case "nag" ->
                Optimizer.nag().setLearningRateTracker(rate).setMomentum(0.9f).build();
            case "adam" -> Optimizer.adam().optLearningRateTracker(rate).build();
            case "adamw" ->
                Optimizer.adamW()
                        .optLearningRateTracker(rate)
                        .optWeightDecays(0.01f)
                        .build();
            case "adagrad" -> Optimizer.adagrad().optLearningRateTracker(rate).build();
            case "adadelta" -> Optimizer.adadelta().build();
            case "rmsprop" -> Optimizer.rmsprop().optLearningRateTracker(rate).build();
            case "centered" ->
                Optimizer.rmsprop()
                        .optLearningRateTracker(rate)
                        .optCentered(true)
                        .build();
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static Training training(String optimizer) {
        return new Training(ENGINE, "digits", Training.mlp(), optimizer(optimizer), null).initialize();
    }

    static Stream<Arguments> optimizers() {
        return Stream.of("sgd", "nag", "adam", "adamw", "adagrad", "adadelta", "rmsprop", "centered")
                .flatMap(o -> Stream.of(Arguments.of(o, false), Arguments.of(o, true)))
                // DJL's Adadelta closes the weight that a local server gives it: the second step fails, without Belay
                // too
                .filter(a -> !a.get()[0].equals("adadelta") || a.get()[1].equals(false));
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void a_resumed_training_ends_with_the_same_bits(String optimizer, boolean local) {
        System.setProperty(LOCAL_SERVER, String.valueOf(local));
        Outcome.assertResumesExactly(() -> training(optimizer), BEFORE, AFTER);
    }

    @Test
    void a_resumed_convolutional_training_ends_with_the_same_bits() {
        Outcome.assertResumesExactly(
                () -> new Training(ENGINE, "digits", Training.cnn(), optimizer("adam"), null).initialize(),
                BEFORE,
                AFTER);
    }

    @ParameterizedTest
    @CsvSource({
        "sgd, momentumStates",
        "nag, momentumStates",
        "adam, means",
        "adam, variances",
        "adamw, means",
        "adamw, variances",
        "adagrad, history",
        "adadelta, accumG",
        "adadelta, accumDelta",
        "rmsprop, means",
        "centered, means",
        "centered, variances",
        "centered, momentums"
    })
    void each_slot_is_saved_matters_and_is_missed_when_dropped(String optimizer, String slot) {
        String tensor = WEIGHT + "." + slot;
        try (Training t = training(optimizer).steps(BEFORE)) {
            MemoryCheckpoint checkpoint = t.capture();
            Outcome expected = Outcome.of(t.steps(AFTER));
            checkpoint.flipOneBit(TensorFile.OPTIMIZER, tensor);
            Outcome altered = Outcome.of(t.resume(checkpoint).steps(AFTER));
            assertThat(altered.contents()).isNotEqualTo(expected.contents());
            checkpoint.drop(TensorFile.OPTIMIZER, tensor);
            assertThatThrownBy(() -> t.resume(checkpoint))
                    .isInstanceOf(Unsupported.class)
                    .hasMessageContaining("optimizer state of " + WEIGHT);
        }
    }

    @Test
    void capturing_changes_nothing() {
        MemoryCheckpoint start;
        Outcome expected;
        try (Training t = training("adam").steps(1)) {
            start = t.capture();
            expected = Outcome.of(t.steps(AFTER));
        }
        try (Training t = training("adam").resume(start)) {
            for (int i = 0; i < AFTER; i++) {
                t.steps(1).capture();
            }
            Outcome.assertSame(Outcome.of(t), expected);
        }
    }

    @Test
    void both_generators_are_restored() {
        try (Training t = training("adam").steps(1)) {
            MemoryCheckpoint checkpoint = t.capture();
            NDManager manager = t.model.getNDManager();
            float[] first = draws(manager);
            assertThat(draws(manager)).isNotEqualTo(first);
            t.resume(checkpoint);
            assertThat(draws(manager)).isEqualTo(first);
        }
    }

    private static float[] draws(NDManager manager) {
        try (NDArray uniform = manager.randomUniform(0, 1, new Shape(1000));
                NDArray normal = manager.randomNormal(new Shape(1000));
                NDArray integers = manager.randomInteger(0, 1_000_000, new Shape(1000), DataType.INT32)
                        .toType(DataType.FLOAT32, false);
                NDArray all = uniform.concat(normal).concat(integers)) {
            return all.toFloatArray();
        }
    }

    @Test
    void dropout_that_is_not_restored_is_seen_at_the_end() {
        try (Training t = training("adam").steps(BEFORE)) {
            MemoryCheckpoint checkpoint = t.capture();
            Outcome expected = Outcome.of(t.steps(AFTER));
            checkpoint.restore(t.adapter, t.locals());
            assertThat(Outcome.of(t.steps(AFTER)).contents()).isNotEqualTo(expected.contents());
        }
    }

    @Test
    void dropout_of_recurrent_layers_is_refused() {
        SequentialBlock block = new SequentialBlock()
                .add(LSTM.builder()
                        .setNumLayers(2)
                        .setStateSize(4)
                        .optDropRate(0.5f)
                        .build());
        try (Training t = new Training(ENGINE, "lstm", block, optimizer("adam"), null)) {
            assertThatThrownBy(t::capture).isInstanceOf(Unsupported.class).hasMessageStartingWith("dropout of LSTM: ");
        }
    }

    @Test
    void what_the_program_wrote_to_a_parameter_is_lost_to_the_server_as_in_an_undisturbed_run() {
        MemoryCheckpoint checkpoint;
        Outcome expected;
        try (Training t = training("sgd").steps(BEFORE)) {
            weight(t).muli(0.5f);
            checkpoint = t.capture();
            assertThat(checkpoint.tensors(TensorFile.OPTIMIZER)).contains(WEIGHT + ".server_copy");
            expected = Outcome.of(t.steps(AFTER));
        }
        try (Training t = training("sgd")) {
            Outcome.assertSame(Outcome.of(t.resume(checkpoint).steps(AFTER)), expected);
        }
    }

    private static NDArray weight(Training t) {
        return t.model.getBlock().getParameters().get(WEIGHT).getArray();
    }

    @Test
    void gradients_of_a_backward_pass_are_there_for_the_step() {
        MemoryCheckpoint checkpoint;
        Outcome expected;
        try (Training t = training("adam").steps(1).backward()) {
            checkpoint = t.capture();
            expected = Outcome.of(t.step());
        }
        try (Training t = training("adam")) {
            Outcome.assertSame(Outcome.of(t.resume(checkpoint).step()), expected);
        }
    }
}
