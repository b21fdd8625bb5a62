package killtest.program;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.RandomAccessDataset;
import ai.djl.training.dataset.Record;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.util.Progress;
import ai.djl.util.RandomUtils;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Trains with DJL's own loop on samples that another thread loads ahead, slowly and by chance. */
public final class Ahead {

    private Ahead() {}

    public static void main(String[] args) throws Exception {
        RandomUtils.RANDOM.setSeed(2);
        Engine.getInstance().setRandomSeed(3);
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try (Model model = Model.newInstance("ahead", Device.cpu())) {
            model.setBlock(Tensors.network());
            DefaultTrainingConfig config = new DefaultTrainingConfig(Loss.l2Loss())
                    .optOptimizer(Optimizer.adam().build())
                    .optDevices(new Device[] {Device.cpu()})
                    .optExecutorService(executor);
            try (Trainer trainer = model.newTrainer(config)) {
                trainer.initialize(new Shape(1, Tensors.INPUTS));
                EasyTrain.fit(trainer, 8, new Slow(), null);
            }
            System.out.println(Tensors.line(model));
        } finally {
            executor.shutdown();
        }
    }

    private static final class Slow extends RandomAccessDataset {

        private static final int SAMPLES = 44;
        private static final int BATCH = 4;

        private long served;

        Slow() {
            super(new Builder().setSampling(BATCH, true));
        }

        @Override
        public Record get(NDManager manager, long index) {
            try {
                Thread.sleep(2);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            served++;
            NDArray input = manager.arange(index, index + Tensors.INPUTS).mul(0.01f + RandomUtils.nextFloat());
            return new Record(new NDList(input), new NDList(manager.create(new float[] {index + served % 5})));
        }

        @Override
        protected long availableSize() {
            return SAMPLES;
        }

        @Override
        public void prepare(Progress progress) {
            // nothing to load
        }

        private static final class Builder extends BaseBuilder<Builder> {
            @Override
            protected Builder self() {
                return this;
            }
        }
    }
}
