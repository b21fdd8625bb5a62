package dev.belay.adapter.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.Engine;
import ai.djl.modality.rl.agent.EpsilonGreedy;
import ai.djl.modality.rl.agent.QAgent;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.training.GradientCollector;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import dev.belay.state.MemoryCheckpoint;
import dev.belay.state.TensorFile;
import dev.belay.state.Unsupported;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LooseTensorsTest {

    private static final int STEPS = 6;

    private static Training training(String engine) {
        Engine.getEngine(engine).setRandomSeed(3);
        return new Training(engine, "digits", Training.mlp(), Optimizer.adam().build(), null).initialize();
    }

    private static NDArray counting(NDManager manager, float first) {
        return manager.arange(first, first + 6f).toType(DataType.FLOAT32, false).reshape(2, 3);
    }

    private static float[] numbers(float first) {
        return new float[] {first, first + 1, first + 2, first + 3, first + 4, first + 5};
    }

    @ParameterizedTest
    @ValueSource(strings = {"PyTorch", "MXNet"})
    void a_tensor_is_filled_in_place_where_the_restarted_program_has_one(String engine) {
        try (Training t = training(engine).steps(1)) {
            MemoryCheckpoint checkpoint = t.capture(counting(t.trainer.getManager(), 1f));
            NDArray live = counting(t.trainer.getManager(), 7f);
            assertThat(t.resume(checkpoint, live)).isSameAs(live);
            assertThat(live.toFloatArray()).isEqualTo(numbers(1f));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PyTorch", "MXNet"})
    void a_tensor_that_is_missing_or_has_another_shape_is_made(String engine) {
        try (Training t = training(engine).steps(1)) {
            MemoryCheckpoint checkpoint = t.capture(counting(t.trainer.getManager(), 1f));
            NDArray made = (NDArray) t.resume(checkpoint, null);
            assertThat(made.toFloatArray()).isEqualTo(numbers(1f));
            assertThat(made.getManager()).isSameAs(t.trainer.getManager());
            NDArray other = t.trainer.getManager().zeros(new Shape(5));
            NDArray again = (NDArray) t.resume(checkpoint, other);
            assertThat(again).isNotSameAs(other);
            assertThat(again.toFloatArray()).isEqualTo(numbers(1f));
            assertThat(other.toFloatArray()).containsOnly(0f);
        }
    }

    @Test
    void tensors_that_shared_a_manager_share_a_new_one_below_the_trainers() {
        try (Training t = training("PyTorch").steps(1);
                NDManager own = t.trainer.getManager().newSubManager()) {
            MemoryCheckpoint checkpoint = t.capture(new NDList(counting(own, 1f), counting(own, 2f)));
            NDList made = (NDList) t.resume(checkpoint, null);
            assertThat(made.get(1).toFloatArray()).isEqualTo(numbers(2f));
            assertThat(made.get(0).getManager())
                    .isSameAs(made.get(1).getManager())
                    .isNotSameAs(own);
            assertThat(made.get(0).getManager().getParentManager()).isSameAs(t.trainer.getManager());
        }
    }

    @Test
    void every_type_that_is_known_comes_back() {
        try (Training t = training("PyTorch").steps(1)) {
            NDList all = new NDList();
            for (DataType type : List.of(
                    DataType.FLOAT64,
                    DataType.FLOAT16,
                    DataType.INT64,
                    DataType.INT32,
                    DataType.INT8,
                    DataType.UINT8,
                    DataType.BOOLEAN)) {
                all.add(counting(t.trainer.getManager(), 0f).toType(type, true));
            }
            NDList made = (NDList) t.resume(t.capture(all), null);
            for (int i = 0; i < all.size(); i++) {
                assertThat(made.get(i)).isEqualTo(all.get(i));
                assertThat(made.get(i).getDataType()).isEqualTo(all.get(i).getDataType());
            }
        }
    }

    @Test
    void a_closed_tensor_comes_back_closed() {
        try (Training t = training("PyTorch").steps(1)) {
            NDArray closed = counting(t.trainer.getManager(), 1f);
            closed.close();
            NDArray made = (NDArray) t.resume(t.capture(closed), null);
            assertThatThrownBy(made::toFloatArray).isInstanceOf(IllegalStateException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PyTorch", "MXNet"})
    void a_parameter_that_a_local_holds_stays_the_parameter(String engine) {
        try (Training t = training(engine).steps(1)) {
            NDArray weight =
                    t.model.getBlock().getParameters().get(0).getValue().getArray();
            MemoryCheckpoint checkpoint = t.capture(weight);
            assertThat(checkpoint.tensors(TensorFile.DATA)).noneMatch(name -> name.contains("more"));
            assertThat(t.resume(checkpoint, null)).isSameAs(weight);
        }
    }

    @Test
    void a_view_of_other_memory_is_refused_by_its_path() {
        try (Training t = training("PyTorch").steps(1)) {
            NDArray base = counting(t.trainer.getManager(), 1f);
            assertThatThrownBy(() -> t.capture(List.of(base, base.get(1))))
                    .isInstanceOf(Unsupported.class)
                    .hasMessageStartingWith("more.")
                    .hasMessageContaining("shares memory with more.");
            NDArray weight =
                    t.model.getBlock().getParameters().get(0).getValue().getArray();
            assertThatThrownBy(() -> t.capture(weight.get(0)))
                    .isInstanceOf(Unsupported.class)
                    .hasMessageStartingWith("more: it shares memory with 02Linear_weight");
            t.capture(List.of(base, base.get(1).duplicate()));
        }
    }

    @Test
    void a_tensor_with_gaps_is_refused_by_its_path() {
        try (Training t = training("PyTorch").steps(1)) {
            NDArray part = counting(t.trainer.getManager(), 1f).get(":, 1:3");
            assertThatThrownBy(() -> t.capture(part))
                    .isInstanceOf(Unsupported.class)
                    .hasMessageStartingWith("more: its memory is not contiguous; keep array.duplicate()");
            t.capture(part.duplicate());
        }
    }

    @Test
    void a_turned_tensor_comes_back_as_it_lay_in_memory() {
        try (Training t = training("PyTorch").steps(1)) {
            NDArray turned = counting(t.trainer.getManager(), 1f).transpose();
            NDArray made = (NDArray) t.resume(t.capture(turned), null);
            assertThat(made).isEqualTo(turned);
            assertThat(strides(made)).containsExactly(strides(turned)).containsExactly(1, 3);
            NDArray live = counting(t.trainer.getManager(), 7f).transpose();
            assertThat(t.resume(t.capture(turned), live)).isSameAs(live);
            assertThat(live).isEqualTo(turned);
            NDArray straight = turned.toType(DataType.FLOAT32, true).reshape(6).reshape(3, 2);
            assertThat(t.resume(t.capture(turned), straight)).isNotSameAs(straight);
        }
    }

    private static long[] strides(NDArray array) {
        return Libtorch.strides((PtNDArray) array);
    }

    @Test
    void a_part_of_a_tensor_comes_back_as_far_from_an_aligned_address() {
        try (Training t = training("PyTorch").steps(1)) {
            NDArray part = t.trainer.getManager().arange(0f, 30f).reshape(10, 3).get("7:9");
            NDArray made = (NDArray) t.resume(t.capture(part), null);
            assertThat(made).isEqualTo(part);
            PyTorch engine = new PyTorch();
            assertThat(engine.address(made) % Layout.ALIGNMENT)
                    .isEqualTo(engine.address(part) % Layout.ALIGNMENT)
                    .isEqualTo(7 * 3 * Float.BYTES % Layout.ALIGNMENT);
        }
    }

    @Test
    void a_data_sets_tensor_that_a_local_held_before_the_loop_is_not_written_to() {
        try (Training t = training("PyTorch").steps(1)) {
            MemoryCheckpoint checkpoint = t.capture(counting(t.trainer.getManager(), 1f));
            NDArray data = counting(t.trainer.getManager(), 7f);
            t.adapter.born(new ArrayDataset.Builder()
                    .setData(data)
                    .setSampling(2, false)
                    .build());
            NDArray made = (NDArray) t.resume(checkpoint, data);
            assertThat(made.toFloatArray()).isEqualTo(numbers(1f));
            assertThat(data.toFloatArray()).isEqualTo(numbers(7f));
        }
    }

    @Test
    void a_tensor_of_an_open_collectors_graph_is_refused() {
        try (Training t = training("PyTorch").steps(1)) {
            NDArray weight =
                    t.model.getBlock().getParameters().get(0).getValue().getArray();
            try (GradientCollector collector = t.trainer.newGradientCollector()) {
                NDArray loss = weight.sum();
                assertThatThrownBy(() -> t.capture(loss))
                        .isInstanceOf(Unsupported.class)
                        .hasMessageStartingWith("more: a gradient collector is open");
                collector.backward(loss);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PyTorch", "MXNet"})
    void a_tensor_that_the_program_trains_by_hand_keeps_its_gradient(String engine) {
        try (Training t = training(engine).steps(1)) {
            NDArray own = counting(t.trainer.getManager(), 1f);
            own.setRequiresGradient(true);
            try (GradientCollector collector = t.trainer.newGradientCollector()) {
                collector.backward(own.mul(own).sum());
            }
            NDArray made = (NDArray) t.resume(t.capture(own), null);
            assertThat(made.hasGradient()).isTrue();
            assertThat(made.getGradient()).isEqualTo(own.getGradient());
            assertThat(made.getGradient().toFloatArray()[5]).isEqualTo(12f);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PyTorch", "MXNet"})
    void moving_averages_and_weight_clipping_resume_exactly(String engine) {
        MemoryCheckpoint checkpoint;
        Outcome expected;
        List<float[]> values;
        try (Training t = training(engine)) {
            List<NDArray> averages = new ArrayList<>();
            average(t, averages);
            checkpoint = t.capture(averages);
            average(t, averages);
            values = values(averages);
            expected = Outcome.of(t);
        }
        try (Training t = training(engine)) {
            List<NDArray> averages = new ArrayList<>();
            assertThat(t.resume(checkpoint, averages)).isSameAs(averages);
            average(t, averages);
            assertThat(values(averages)).usingRecursiveComparison().isEqualTo(values);
            Outcome.assertSame(Outcome.of(t), expected);
        }
    }

    /** Trains, clips the weights and keeps an average of them. */
    private static void average(Training t, List<NDArray> averages) {
        for (int step = 0; step < STEPS; step++) {
            t.steps(1);
            for (int i = 0; i < t.model.getBlock().getParameters().size(); i++) {
                NDArray weight =
                        t.model.getBlock().getParameters().get(i).getValue().getArray();
                try (NDArray clipped = weight.clip(-0.1, 0.1);
                        NDArray part = clipped.mul(0.1f)) {
                    clipped.copyTo(weight);
                    if (i == averages.size()) {
                        averages.add(clipped.duplicate());
                    } else {
                        averages.get(i).muli(0.9f).addi(part);
                    }
                }
            }
        }
    }

    private static List<float[]> values(List<NDArray> tensors) {
        return tensors.stream().map(NDArray::toFloatArray).toList();
    }

    @Test
    void how_far_an_agents_exploration_has_fallen_is_state() throws IllegalAccessException {
        Field counter = PrivateField.of(EpsilonGreedy.class, "counter");
        counter.setAccessible(true);
        try (Training t = training("PyTorch").steps(1)) {
            EpsilonGreedy saved = new EpsilonGreedy(new QAgent(t.trainer, 0.9f), Tracker.fixed(0.5f));
            counter.setInt(saved, 7);
            EpsilonGreedy fresh = new EpsilonGreedy(new QAgent(t.trainer, 0.9f), Tracker.fixed(0.5f));
            assertThat(t.resume(t.capture(saved), fresh)).isSameAs(fresh);
            assertThat(counter.getInt(fresh)).isEqualTo(7);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PyTorch", "MXNet"})
    void a_target_network_without_a_trainer_is_filled(String engine) {
        MemoryCheckpoint checkpoint;
        float[] expected;
        try (Training t = training(engine)) {
            Block target = target(t);
            t.steps(2);
            copyTo(t, target);
            expected = bias(target);
            t.steps(2);
            checkpoint = t.capture(target);
        }
        try (Training t = training(engine)) {
            Block target = target(t);
            assertThat(bias(target)).isNotEqualTo(expected);
            assertThat(t.resume(checkpoint, target)).isSameAs(target);
            assertThat(bias(target)).isEqualTo(expected);
        }
    }

    private static Block target(Training t) {
        Block target = Training.mlp();
        target.initialize(t.model.getNDManager(), DataType.FLOAT32, new Shape(1, 1, 8, 8));
        return target;
    }

    private static void copyTo(Training t, Block target) {
        for (int i = 0; i < target.getParameters().size(); i++) {
            NDArray from = t.model.getBlock().getParameters().get(i).getValue().getArray();
            from.copyTo(target.getParameters().get(i).getValue().getArray());
        }
    }

    private static float[] bias(Block block) {
        return block.getParameters().get("02Linear_bias").getArray().toFloatArray();
    }
}
