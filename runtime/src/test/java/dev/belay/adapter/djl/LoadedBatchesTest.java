package dev.belay.adapter.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.Engine;
import ai.djl.modality.cv.transform.ToTensor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.dataset.Batch;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.translate.TranslateException;
import dev.belay.state.MemoryCheckpoint;
import dev.belay.state.TensorFile;
import dev.belay.state.Unsupported;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadedBatchesTest {

    private static final int BEFORE = 9; // 7 batches per epoch: in the middle of the second
    private static final int AFTER = 11; // into the third
    private static final int AHEAD = 2;

    private final List<ExecutorService> executors = new ArrayList<>();

    @AfterEach
    void stop() {
        executors.forEach(ExecutorService::shutdownNow);
    }

    private ExecutorService executor(int threads) {
        ExecutorService executor = threads == 0 ? new ForkJoinPool(1) : Executors.newFixedThreadPool(threads);
        executors.add(executor);
        return executor;
    }

    private Training training(int threads, boolean changing) {
        Engine.getEngine("PyTorch").setRandomSeed(5);
        Training t = new Training("digits", Training.mlp(), Optimizer.adam().build(), executor(threads)).initialize();
        t.samples.changing = changing;
        return t;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void one_thread_that_loads_ahead_by_chance(int threads) {
        Outcome.assertResumesExactly(() -> training(threads, true), BEFORE, AFTER);
    }

    @Test
    void three_threads_that_load_ahead() {
        Outcome.assertResumesExactly(() -> training(3, false), BEFORE, AFTER);
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 6, 7})
    void near_the_end_of_an_epoch(int before) {
        Outcome.assertResumesExactly(() -> training(1, true), before, 3);
    }

    @Test
    void a_training_that_has_moved_on_goes_back() {
        try (Training t = training(1, true).steps(BEFORE)) {
            MemoryCheckpoint checkpoint = t.capture();
            Outcome expected = Outcome.of(t.steps(3));
            Outcome.assertSame(Outcome.of(t.resume(checkpoint).steps(3)), expected);
        }
    }

    @Test
    void nothing_is_fetched_but_what_every_new_loader_loads_ahead() {
        MemoryCheckpoint checkpoint;
        try (Training first = training(1, false).steps(3)) {
            checkpoint = first.capture();
        }
        Training.Samples.FETCHED.set(0);
        try (Training second = training(1, false).resume(checkpoint)) {
            assertThat(Training.Samples.FETCHED).hasValue(AHEAD * Training.BATCH);
            second.steps(1).adapter.settle();
            assertThat(Training.Samples.FETCHED).hasValue((AHEAD + 1) * Training.BATCH);
        }
    }

    @Test
    void one_altered_bit_of_what_was_loaded_ahead_is_seen_at_the_end() {
        try (Training t = training(1, true).steps(BEFORE)) {
            MemoryCheckpoint checkpoint = t.capture();
            Outcome expected = Outcome.of(t.steps(AFTER));
            checkpoint.flipOneBit(TensorFile.DATA, "batches.1.data0");
            Outcome actual = Outcome.of(t.resume(checkpoint).steps(AFTER));
            assertThatThrownBy(() -> Outcome.assertSame(actual, expected)).isInstanceOf(AssertionError.class);
        }
    }

    @Test
    void an_interrupted_thread_waits_all_the_same_and_stays_interrupted() {
        try (Training t = training(1, false).steps(1)) {
            Thread.currentThread().interrupt();
            MemoryCheckpoint checkpoint = t.capture();
            assertThat(Thread.interrupted()).isTrue();
            assertThat(checkpoint.tensors(TensorFile.DATA)).contains("batches.0.data0", "batches.1.labels0");
        }
    }

    @Test
    void a_loader_that_was_shut_down_is_refused() {
        try (Training t = training(1, false)) {
            executors.get(0).execute(LockSupport::park); // so that nothing is loaded
            t.batches();
            executors.get(0).shutdownNow();
            assertThatThrownBy(t::capture)
                    .isInstanceOf(Unsupported.class)
                    .hasMessage("batches: its executor was shut down; make the loader unreachable at the loop's head");
        }
    }

    @Test
    void loading_ahead_with_mxnet_is_refused() {
        try (Training t = new Training(
                        "MXNet", "digits", Training.mlp(), Optimizer.adam().build(), executor(1))
                .initialize()
                .steps(1)) {
            assertThatThrownBy(t::capture)
                    .isInstanceOf(Unsupported.class)
                    .hasMessage("batches: it loads in other threads, and MXNet's random generators of those cannot be"
                            + " read; remove optExecutorService");
        }
    }

    /** In order, batches are parts of the data set's own memory, at odd addresses; by chance, they are copies. */
    @ParameterizedTest
    @ValueSource(strings = {"in order", "in order, to tensors", "by chance", "by chance, to tensors"})
    void batches_lie_in_memory_as_they_did(String how) {
        Supplier<Training> program = () -> training(1, false);
        try (Training first = program.get();
                Training second = program.get()) {
            Iterator<Batch> batches = images(first, how);
            batches.next().close();
            MemoryCheckpoint checkpoint = first.capture(batches);
            Iterator<Batch> fresh = images(second, how);
            assertThat(second.resume(checkpoint, fresh)).isSameAs(fresh);
            int compared = 0;
            while (batches.hasNext()) {
                assertSame(fresh.next(), batches.next());
                compared++;
            }
            assertThat(fresh.hasNext()).isFalse();
            assertThat(compared).isEqualTo(5);
        }
    }

    private static void assertSame(Batch actual, Batch expected) {
        NDArray a = actual.getData().head();
        NDArray e = expected.getData().head();
        assertThat(a).isEqualTo(e);
        assertThat(Libtorch.strides((PtNDArray) a)).isEqualTo(Libtorch.strides((PtNDArray) e));
        PyTorch engine = new PyTorch();
        assertThat(engine.address(a) % Layout.ALIGNMENT).isEqualTo(engine.address(e) % Layout.ALIGNMENT);
        assertThat(actual.getLabels().head()).isEqualTo(expected.getLabels().head());
        assertThat(actual.getSize()).isEqualTo(expected.getSize());
        assertThat(actual.getProgress()).isEqualTo(expected.getProgress());
        assertThat(actual.getProgressTotal()).isEqualTo(expected.getProgressTotal());
        assertThat(actual.getIndices()).isEqualTo(expected.getIndices());
        actual.close();
        expected.close();
    }

    private Iterator<Batch> images(Training t, String how) {
        NDManager manager = t.model.getNDManager();
        NDArray images =
                manager.arange(0f, 23 * 5 * 3 * 3f).reshape(23, 5, 3, 3).toType(DataType.UINT8, false);
        ArrayDataset.Builder builder = new ArrayDataset.Builder()
                .setData(images)
                .optLabels(manager.arange(0f, 23f))
                .setSampling(4, how.startsWith("by chance"));
        if (how.endsWith("to tensors")) {
            builder.addTransform(new ToTensor());
        }
        try {
            Iterator<Batch> batches =
                    builder.build().getData(manager, executors.get(0)).iterator();
            t.adapter.born(batches);
            return batches;
        } catch (IOException | TranslateException e) {
            throw new AssertionError(e);
        }
    }
}
