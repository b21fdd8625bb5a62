package dev.belay.adapter.djl;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.metric.Metrics;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.Batch;
import ai.djl.training.dataset.RandomAccessDataset;
import ai.djl.training.dataset.Record;
import ai.djl.training.evaluator.Accuracy;
import ai.djl.training.listener.TrainingListener;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.util.RandomUtils;
import dev.belay.state.MemoryCheckpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

/** A small program that trains step by step. */
final class Training implements AutoCloseable {

    static final int BATCH = 16;
    static final int SAMPLES = 100;

    final DjlAdapter adapter = new DjlAdapter();
    final Model model;
    final Trainer trainer;
    final Samples samples = new Samples();
    private Iterator<Batch> batches;

    Training(Block block, Optimizer optimizer) {
        this("digits", block, optimizer, null);
    }

    Training(String name, Block block, Optimizer optimizer, ExecutorService executor) {
        this("PyTorch", name, block, optimizer, executor);
    }

    Training(String engine, String name, Block block, Optimizer optimizer, ExecutorService executor) {
        this(engine, name, block, optimizer, executor, null);
    }

    /** @param saved where the model's parameters are loaded from, or null */
    Training(String engine, String name, Block block, Optimizer optimizer, ExecutorService executor, Path saved) {
        model = Model.newInstance(name, engine);
        model.setBlock(block);
        load(saved, name);
        DefaultTrainingConfig config = new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
                .addEvaluator(new Accuracy())
                .optOptimizer(optimizer)
                .optDevices(new Device[] {Device.cpu()})
                .addTrainingListeners(TrainingListener.Defaults.logging());
        if (executor != null) {
            config.optExecutorService(executor);
        }
        trainer = model.newTrainer(config);
        trainer.setMetrics(new Metrics());
        adapter.born(trainer);
    }

    private void load(Path saved, String name) {
        if (saved != null) {
            try {
                model.load(saved, name);
            } catch (IOException | ai.djl.MalformedModelException e) {
                throw new AssertionError(e);
            }
        }
    }

    Training initialize() {
        trainer.initialize(new Shape(1, 1, 8, 8));
        return this;
    }

    static Block mlp() {
        return new SequentialBlock()
                .add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(24).build())
                .add(BatchNorm.builder().build())
                .add(Activation.reluBlock())
                .add(Dropout.builder().optRate(0.3f).build())
                .add(Linear.builder().setUnits(10).build());
    }

    static Block cnn() {
        return new SequentialBlock()
                .add(Conv2d.builder()
                        .setFilters(4)
                        .setKernelShape(new Shape(3, 3))
                        .build())
                .add(BatchNorm.builder().build())
                .add(Activation.reluBlock())
                .add(Dropout.builder().optRate(0.25f).build())
                .add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(10).build());
    }

    Iterator<Batch> batches() {
        try {
            if (batches == null || !batches.hasNext()) {
                if (batches != null) {
                    trainer.notifyListeners(l -> l.onEpoch(trainer));
                }
                batches = trainer.iterateDataset(samples).iterator();
                adapter.born(batches);
            }
            return batches;
        } catch (IOException | ai.djl.translate.TranslateException e) {
            throw new AssertionError(e);
        }
    }

    Training steps(int n) {
        for (int i = 0; i < n; i++) {
            backward().step();
        }
        return this;
    }

    Training backward() {
        try (Batch batch = batches().next()) {
            EasyTrain.trainBatch(trainer, batch);
        }
        return this;
    }

    Training step() {
        trainer.step();
        return this;
    }

    Map<String, Object> locals() {
        Map<String, Object> locals = new LinkedHashMap<>();
        locals.put("batches", batches());
        locals.put("trainer", trainer);
        locals.put("model", model);
        locals.put("manager", trainer.getManager());
        locals.put("shape", new Shape(1, 1, 8, 8));
        return locals;
    }

    MemoryCheckpoint capture() {
        return MemoryCheckpoint.capture(adapter, locals());
    }

    /** Captures with one more local. */
    MemoryCheckpoint capture(Object more) {
        return MemoryCheckpoint.capture(adapter, locals(more));
    }

    Training resume(MemoryCheckpoint checkpoint) {
        checkpoint.restore(adapter, locals());
        adapter.restoreRandom(checkpoint);
        return this;
    }

    /** Resumes with one more local; returns its value to go on with. */
    Object resume(MemoryCheckpoint checkpoint, Object more) {
        Object[] restored = checkpoint.restore(adapter, locals(more));
        adapter.restoreRandom(checkpoint);
        return restored[restored.length - 1];
    }

    private Map<String, Object> locals(Object more) {
        Map<String, Object> locals = locals();
        locals.put("more", more);
        return locals;
    }

    @Override
    public void close() {
        trainer.close();
        model.close();
    }

    /** Gives out samples. */
    static final class Samples extends RandomAccessDataset {

        /** Counts how many samples were fetched from any of them; in no program's state. */
        static final AtomicInteger FETCHED = new AtomicInteger();

        /** Whether each sample is made by chance, and counted as the program's own state. */
        boolean changing;

        private int served;
        private final float[][] pixels = new float[SAMPLES][64];

        Samples() {
            super(new Builder().setSampling(BATCH, true));
            Random random = new Random(7);
            for (int i = 0; i < SAMPLES; i++) {
                for (int j = 0; j < 64; j++) {
                    pixels[i][j] = (float) random.nextGaussian() + (j % 10 == i % 10 ? 1 : 0);
                }
            }
        }

        @Override
        public Record get(NDManager manager, long index) {
            FETCHED.incrementAndGet();
            NDArray image = manager.create(pixels[(int) index], new Shape(1, 8, 8));
            if (changing) {
                served++;
                image.addi(RandomUtils.nextFloat() + served % 7);
            }
            return new Record(new NDList(image), new NDList(manager.create((float) (index % 10))));
        }

        @Override
        protected long availableSize() {
            return SAMPLES;
        }

        @Override
        public void prepare(ai.djl.util.Progress progress) {
            // all in memory
        }

        private static final class Builder extends BaseBuilder<Builder> {
            @Override
            protected Builder self() {
                return this;
            }
        }
    }
}
