package killtest.program;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.listener.TrainingListenerAdapter;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.translate.TranslateException;
import java.io.IOException;

/** The example that people know: 1,624 samples in batches of 8 make 203 steps per epoch, 10 epochs 2,030 steps. */
public final class Fitting {

    private static final int SAMPLES = 1624;
    private static final int BATCH = 8;
    private static final int EPOCHS = 10;
    private static final int INPUTS = 4;

    private Fitting() {}

    /** A checkpoint is written before the next one is due. */
    private static final class Slowly extends TrainingListenerAdapter {
        @Override
        public void onTrainingBatch(Trainer trainer, BatchData batch) {
            try {
                Thread.sleep(3);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    public static void main(String[] args) throws IOException, TranslateException {
        Engine.getInstance().setRandomSeed(6);
        try (Model model = Model.newInstance("fitting", Device.cpu())) {
            model.setBlock(Linear.builder().setUnits(1).build());
            DefaultTrainingConfig config = new DefaultTrainingConfig(Loss.l2Loss())
                    .optOptimizer(Optimizer.adam().build())
                    .optDevices(new Device[] {Device.cpu()})
                    .addTrainingListeners(new Slowly());
            try (Trainer trainer = model.newTrainer(config)) {
                trainer.initialize(new Shape(BATCH, INPUTS));
                EasyTrain.fit(trainer, EPOCHS, samples(model.getNDManager()), null);
                System.out.println(Tensors.line(model));
            }
        }
    }

    private static ArrayDataset samples(NDManager manager) {
        NDArray inputs = manager.randomNormal(new Shape(SAMPLES, INPUTS));
        return new ArrayDataset.Builder()
                .setData(inputs)
                .optLabels(inputs.sum(new int[] {1}, true))
                .setSampling(BATCH, true)
                .build();
    }
}
