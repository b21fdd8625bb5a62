package dev.belay.adapter.djl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.modality.cv.transform.RandomFlipLeftRight;
import ai.djl.modality.cv.transform.ToTensor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.training.GradientCollector;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.dataset.Batch;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.translate.TranslateException;
import dev.belay.state.MemoryCheckpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs of the kinds that users write, cut in two and put together again. */
class ProgramsTest {

    private static final int BEFORE = 5;
    private static final int AFTER = 4;

    @TempDir
    Path scratch;

    private static Training training(String engine, String name) {
        Engine.getEngine(engine).setRandomSeed(11);
        return new Training(engine, name, Training.mlp(), Optimizer.adam().build(), null).initialize();
    }

    private static void assertResumesExactly(Supplier<Training> program, Consumer<Training> step) {
        MemoryCheckpoint checkpoint;
        Outcome expected;
        try (Training first = program.get()) {
            repeat(BEFORE, first, step);
            checkpoint = first.capture();
            repeat(AFTER, first, step);
            expected = Outcome.of(first);
        }
        try (Training second = program.get()) {
            second.resume(checkpoint);
            repeat(AFTER, second, step);
            Outcome.assertSame(Outcome.of(second), expected);
        }
    }

    private static void repeat(int times, Training t, Consumer<Training> step) {
        for (int i = 0; i < times; i++) {
            step.accept(t);
        }
    }

    /** The step of each trainer leaves gradients in the other's network, which its next step takes up. */
    @ParameterizedTest
    @ValueSource(strings = {"PyTorch", "MXNet"})
    void two_networks_that_train_against_each_other(String engine) {
        Training[] other = new Training[1];
        assertResumesExactly(
                () -> {
                    Training one = training(engine, "generator");
                    if (other[0] != null) {
                        other[0].close();
                    }
                    other[0] = training(engine, "discriminator");
                    one.adapter.born(other[0].trainer);
                    return one;
                },
                t -> {
                    against(t, other[0]);
                    t.trainer.step();
                    against(t, other[0]);
                    other[0].trainer.step();
                });
        other[0].close();
    }

    private static void against(Training one, Training other) {
        try (Batch batch = one.batches().next();
                GradientCollector collector = one.trainer.newGradientCollector()) {
            NDArray first = one.trainer.forward(batch.getData()).head();
            NDArray second = other.trainer.forward(batch.getData()).head();
            collector.backward(first.sub(second).square().mean());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void gradients_that_are_accumulated_over_batches(int batches) {
        int[] seen = new int[1];
        assertResumesExactly(
                () -> {
                    seen[0] = seen[0] == 0 ? 0 : BEFORE;
                    return training("PyTorch", "digits");
                },
                t -> {
                    t.backward();
                    if (++seen[0] % batches == 0) {
                        t.step();
                    }
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"PyTorch", "MXNet"})
    void a_model_that_is_loaded_from_disk_first(String engine) throws Exception {
        try (Training t = training(engine, "digits").steps(3)) {
            t.model.save(scratch, "digits");
        }
        assertResumesExactly(
                () -> {
                    Engine.getEngine(engine).setRandomSeed(12);
                    return new Training(
                                    engine,
                                    "digits",
                                    Training.mlp(),
                                    Optimizer.adam().build(),
                                    null,
                                    scratch)
                            .initialize();
                },
                t -> t.steps(1));
    }

    @Test
    void random_transforms_of_images() {
        try (Training first = training("PyTorch", "digits")) {
            Iterator<Batch> images = images(first);
            float[] skipped = first(images);
            MemoryCheckpoint checkpoint = first.capture(images);
            float[] expected = first(images);
            assertThat(expected).isNotEqualTo(skipped);
            first(images);
            try (Training second = training("PyTorch", "digits")) {
                Iterator<Batch> fresh = images(second);
                assertThat(second.resume(checkpoint, fresh)).isSameAs(fresh);
                assertThat(first(fresh)).isEqualTo(expected);
            }
        }
    }

    private static Iterator<Batch> images(Training t) {
        NDManager manager = t.model.getNDManager();
        NDArray images =
                manager.arange(0f, 24 * 4 * 4 * 3f).reshape(24, 4, 4, 3).toType(DataType.UINT8, false);
        ArrayDataset dataset = new ArrayDataset.Builder()
                .setData(images)
                .optLabels(manager.zeros(new Shape(24)))
                .addTransform(new RandomFlipLeftRight())
                .addTransform(new ToTensor())
                .setSampling(4, true)
                .build();
        try {
            return dataset.getData(manager).iterator();
        } catch (IOException | TranslateException e) {
            throw new AssertionError(e);
        }
    }

    private static float[] first(Iterator<Batch> batches) {
        try (Batch batch = batches.next()) {
            NDList data = batch.getData();
            return Arrays.copyOf(data.head().toFloatArray(), 4 * 48);
        }
    }

    /** Objects of the program's that only DJL's own lead to: a transform, a sampler, a layer's function. */
    @Test
    void what_a_program_puts_into_djls_objects_is_state() {
        float[] expected;
        MemoryCheckpoint checkpoint;
        try (Training first = training("PyTorch", "digits")) {
            Iterator<Batch> batches = drawn(first);
            first(batches);
            checkpoint = first.capture(batches);
            expected = first(batches);
        }
        try (Training second = training("PyTorch", "digits")) {
            Iterator<Batch> fresh = drawn(second);
            assertThat(second.resume(checkpoint, fresh)).isSameAs(fresh);
            assertThat(first(fresh)).isEqualTo(expected);
        }
    }

    private static Iterator<Batch> drawn(Training t) {
        NDManager manager = t.model.getNDManager();
        Random own = new Random(4);
        ArrayDataset dataset = new ArrayDataset.Builder()
                .setData(manager.zeros(new Shape(24, 48)))
                .optLabels(manager.zeros(new Shape(24)))
                .addTransform(array -> array.add(own.nextFloat()))
                .setSampling(4, true)
                .build();
        try {
            return dataset.getData(manager).iterator();
        } catch (IOException | TranslateException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void noise_that_a_lambda_of_a_network_draws_is_state() {
        assertResumesExactly(
                () -> {
                    Engine.getEngine("PyTorch").setRandomSeed(13);
                    Random noise = new Random(6);
                    Block block = new SequentialBlock()
                            .add(new LambdaBlock(x -> new NDList(x.head().add(noise.nextFloat()))))
                            .add(Training.mlp());
                    return new Training(block, Optimizer.adam().build()).initialize();
                },
                t -> t.steps(1));
    }
}
