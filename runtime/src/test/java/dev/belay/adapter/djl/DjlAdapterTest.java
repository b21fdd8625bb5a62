package dev.belay.adapter.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.MultiFactorTracker;
import ai.djl.training.tracker.Tracker;
import ai.djl.util.PairList;
import dev.belay.state.MemoryCheckpoint;
import dev.belay.state.TensorFile;
import dev.belay.state.Unsupported;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DjlAdapterTest {

    private static final int BEFORE = 11; // 7 batches per epoch: in the middle of the second
    private static final int AFTER = 9; // through its end into the third

    private static Tracker rate() {
        return Tracker.multiFactor()
                .setBaseValue(0.01f)
                .setSteps(new int[] {6, 14})
                .optFactor(0.5f)
                .build();
    }

    private static Optimizer optimizer(String name) {
        return switch (name) {
            case "adamw" ->
                Optimizer.adamW()
                        .optLearningRateTracker(rate())
                        .optWeightDecays(0.01f)
                        .build();
            case "momentum" ->
                Optimizer.sgd().setLearningRateTracker(rate()).optMomentum(0.9f).build();
            case "sgd" -> Optimizer.sgd().setLearningRateTracker(rate()).build();
            case "warmup" ->
                Optimizer.adam()
                        .optLearningRateTracker(Tracker.warmUp()
                                .setMainTracker((MultiFactorTracker) rate())
                                .optWarmUpSteps(3)
                                .build())
                        .build();
            default -> Optimizer.adam().optLearningRateTracker(rate()).build();
        };
    }

    private static Training training(String optimizer) {
        return new Training(Training.mlp(), optimizer(optimizer)).initialize();
    }

    private static void assertResumesExactly(Supplier<Training> program) {
        Outcome.assertResumesExactly(program, BEFORE, AFTER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"adam", "adamw", "momentum", "sgd", "warmup"})
    void a_resumed_training_ends_with_the_same_bits(String optimizer) {
        assertResumesExactly(() -> training(optimizer));
    }

    @Test
    void a_resumed_convolutional_training_ends_with_the_same_bits() {
        assertResumesExactly(() -> new Training(Training.cnn(), optimizer("adam")).initialize());
    }

    @Test
    void frozen_parameters_stay_frozen() {
        assertResumesExactly(() -> {
            Block block = Training.mlp();
            Training t = new Training(block, optimizer("adam")).initialize();
            block.getChildren().get(1).getValue().freezeParameters(true);
            return t;
        });
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
    void a_training_that_has_moved_on_goes_back() {
        try (Training t = training("adam").steps(BEFORE)) {
            MemoryCheckpoint checkpoint = t.capture();
            Outcome expected = Outcome.of(t.steps(AFTER));
            Outcome.assertSame(Outcome.of(t.resume(checkpoint).steps(AFTER)), expected);
        }
    }

    @Test
    void no_skipped_sample_is_fetched() {
        MemoryCheckpoint checkpoint;
        try (Training first = training("adam").steps(3)) {
            checkpoint = first.capture();
        }
        Training.Samples.FETCHED.set(0);
        try (Training second = training("adam").resume(checkpoint)) {
            assertThat(Training.Samples.FETCHED).hasValue(0);
            second.steps(2);
            assertThat(Training.Samples.FETCHED).hasValue(2 * Training.BATCH);
        }
    }

    @Test
    void optimizer_state_is_named_by_block_path() {
        try (Training t = training("adam").steps(1)) {
            MemoryCheckpoint checkpoint = t.capture();
            assertThat(checkpoint.tensors(TensorFile.MODEL)).contains("02Linear_weight");
            assertThat(checkpoint.tensors(TensorFile.OPTIMIZER))
                    .contains("02Linear_weight.means", "02Linear_weight.variances", "torch.cpu_generator");
        }
    }

    @Test
    void a_dropped_slot_is_noticed() {
        try (Training t = training("adam").steps(2)) {
            MemoryCheckpoint checkpoint = t.capture();
            checkpoint.drop(TensorFile.OPTIMIZER, "02Linear_weight.means");
            assertThatThrownBy(() -> t.resume(checkpoint))
                    .isInstanceOf(Unsupported.class)
                    .hasMessageContaining("02Linear_weight");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"optimizer.safetensors/02Linear_weight.variances", "model.safetensors/02Linear_weight"})
    void one_altered_bit_is_seen_at_the_end(String tensor) {
        try (Training t = training("adam").steps(BEFORE)) {
            MemoryCheckpoint checkpoint = t.capture();
            Outcome expected = Outcome.of(t.steps(AFTER));
            TensorFile file = tensor.startsWith("model") ? TensorFile.MODEL : TensorFile.OPTIMIZER;
            checkpoint.flipOneBit(file, tensor.substring(tensor.indexOf('/') + 1));
            Outcome actual = Outcome.of(t.resume(checkpoint).steps(AFTER));
            assertThatThrownBy(() -> Outcome.assertSame(actual, expected)).isInstanceOf(AssertionError.class);
        }
    }

    @Test
    void a_generator_that_is_not_restored_is_seen_at_the_end() {
        try (Training t = training("adam").steps(BEFORE)) {
            MemoryCheckpoint checkpoint = t.capture();
            Outcome expected = Outcome.of(t.steps(AFTER));
            checkpoint.restore(t.adapter, t.locals());
            Outcome actual = Outcome.of(t.steps(AFTER));
            assertThatThrownBy(() -> Outcome.assertSame(actual, expected)).isInstanceOf(AssertionError.class);
        }
    }

    @Test
    void parameters_that_the_first_forward_pass_makes_are_made_and_filled() {
        assertResumesExactly(() -> new Training(Training.mlp(), optimizer("adam")));
    }

    @Test
    void parameters_that_were_frozen_in_between_are_frozen() {
        MemoryCheckpoint checkpoint;
        Outcome expected;
        try (Training first = training("adam").steps(BEFORE)) {
            first.model.getBlock().getChildren().get(1).getValue().freezeParameters(true);
            checkpoint = first.capture();
            expected = Outcome.of(first.steps(AFTER));
        }
        try (Training second = training("adam")) {
            Outcome.assertSame(Outcome.of(second.resume(checkpoint).steps(AFTER)), expected);
        }
    }

    @Test
    void gradients_of_a_backward_pass_are_there_for_the_step() {
        MemoryCheckpoint checkpoint;
        Outcome expected;
        try (Training first = training("adam").steps(1).backward()) {
            checkpoint = first.capture();
            assertThat(checkpoint.tensors(TensorFile.OPTIMIZER)).contains("02Linear_weight.gradient");
            expected = Outcome.of(first.backward().step());
        }
        try (Training second = training("adam")) {
            Outcome.assertSame(Outcome.of(second.resume(checkpoint).backward().step()), expected);
        }
    }

    @Test
    void gradients_of_zeros_are_not_written() {
        try (Training t = training("adam").steps(2)) {
            assertThat(t.capture().tensors(TensorFile.OPTIMIZER)).noneMatch(name -> name.endsWith(".gradient"));
        }
    }

    @Test
    void gradients_that_were_there_are_gone_where_the_saved_ones_were_zero() {
        try (Training t = training("adam").steps(2)) {
            MemoryCheckpoint checkpoint = t.capture();
            Outcome expected = Outcome.of(t.steps(2));
            Outcome.assertSame(Outcome.of(t.backward().resume(checkpoint).steps(2)), expected);
        }
    }

    @Test
    void two_open_trainers_of_one_name_are_refused() {
        try (Training a = training("adam").steps(1);
                Training b = training("adam")) {
            a.adapter.born(b.trainer);
            assertThatThrownBy(a::capture).isInstanceOf(Unsupported.class).hasMessageContaining("model digits");
        }
    }

    @Test
    void several_trainers_are_told_apart_by_their_models_names() {
        MemoryCheckpoint checkpoint;
        Outcome first;
        Outcome second;
        try (Training a = training("adam").steps(3);
                Training b = beside(a).steps(5)) {
            checkpoint = a.capture();
            assertThat(checkpoint.tensors(TensorFile.MODEL)).contains("02Linear_weight", "other/02Linear_weight");
            first = Outcome.of(a.steps(4));
            second = Outcome.of(b.steps(4));
        }
        try (Training a = training("adam");
                Training b = beside(a)) {
            b.batches(); // its own iterator is no local of this test, so it goes on from the start of an epoch
            a.resume(checkpoint);
            assertThat(Outcome.of(a.steps(4)).contents()).isEqualTo(first.contents());
            assertThat(b.trainer.getTrainingResult().getEpoch()).isZero();
            assertThat(second.contents()).isNotEqualTo(first.contents());
        }
    }

    private static Training beside(Training a) {
        Training b = new Training("other", Training.mlp(), optimizer("momentum"), null).initialize();
        a.adapter.born(b.trainer);
        return b;
    }

    @Test
    void a_closed_trainer_is_forgotten() {
        try (Training a = training("adam").steps(1)) {
            Training b = beside(a);
            b.close();
            assertThat(a.capture().tensors(TensorFile.MODEL)).noneMatch(name -> name.startsWith("other/"));
        }
    }

    @Test
    void counters_in_a_programs_own_block_are_state() {
        Supplier<Training> program = () -> new Training(new CountingBlock(), optimizer("sgd")).initialize();
        MemoryCheckpoint checkpoint;
        try (Training first = program.get().steps(3)) {
            checkpoint = first.capture();
        }
        try (Training second = program.get()) {
            assertThat(((CountingBlock) second.model.getBlock()).batches).isZero();
            second.resume(checkpoint);
            assertThat(((CountingBlock) second.model.getBlock()).batches).isEqualTo(3);
        }
    }

    @Test
    void tied_parameters_are_saved_once_and_named_twice() {
        Supplier<Training> program = () -> new Training(new TiedBlock(), optimizer("adam")).initialize();
        try (Training t = program.get().steps(1)) {
            MemoryCheckpoint checkpoint = t.capture();
            assertThat(checkpoint.aliases(TensorFile.MODEL)).hasSize(2); // weight and bias
            assertThat(checkpoint.tensors(TensorFile.MODEL))
                    .containsAll(checkpoint.aliases(TensorFile.MODEL).values())
                    .doesNotContainAnyElementsOf(
                            checkpoint.aliases(TensorFile.MODEL).keySet());
        }
        assertResumesExactly(program);
    }

    /** An MLP that counts its batches in a field. */
    private static final class CountingBlock extends AbstractBlock {

        private int batches;
        private final Block net = addChildBlock("net", Training.mlp());

        @Override
        protected NDList forwardInternal(
                ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
            batches++;
            return net.forward(store, inputs, training, params);
        }

        @Override
        public Shape[] getOutputShapes(Shape[] inputs) {
            return net.getOutputShapes(inputs);
        }

        @Override
        protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
            net.initialize(manager, type, inputs);
        }
    }

    /** Applies one linear layer twice, under two names. */
    private static final class TiedBlock extends AbstractBlock {

        private final Block layer = Linear.builder().setUnits(64).build();
        private final Block head = Linear.builder().setUnits(10).build();

        TiedBlock() {
            addChildBlock("encoder", layer);
            addChildBlock("decoder", layer);
            addChildBlock("head", head);
        }

        @Override
        protected NDList forwardInternal(
                ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
            NDArray x = inputs.singletonOrThrow();
            NDList flat = new NDList(x.reshape(x.getShape().get(0), 64));
            NDList twice = layer.forward(store, layer.forward(store, flat, training), training);
            return head.forward(store, twice, training);
        }

        @Override
        public Shape[] getOutputShapes(Shape[] inputs) {
            return new Shape[] {new Shape(inputs[0].get(0), 10)};
        }

        @Override
        protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
            layer.initialize(manager, type, new Shape(1, 64));
            head.initialize(manager, type, new Shape(1, 64));
        }
    }

    @Test
    void the_fingerprint_names_versions_and_threads() {
        try (Training t = training("adam")) {
            assertThat(t.adapter.fingerprint())
                    .containsEntry("djl.version", "0.36.0")
                    .containsEntry("djl.engine", "PyTorch 2.7.1")
                    .containsKeys("djl.pytorch.library", "threads.ai.djl.pytorch.num_threads", "env.OMP_NUM_THREADS");
        }
    }
}
