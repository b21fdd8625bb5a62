package demo;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.metric.Metrics;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.TrainingConfig;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.evaluator.Accuracy;
import ai.djl.training.listener.TrainingListener;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import ai.djl.translate.TranslateException;
import java.io.IOException;

/** A multilayer perceptron, trained by {@link EasyTrain#fit} with Adam. */
public final class DigitsMlp {

    private static final String DEFAULTS =
            "epochs=200 batch=32 seed=7 samples=1500 units=256 rate=0.001 csv=digits-mlp.csv";

    private DigitsMlp() {}

    /** Trains; arguments are {@code key=value}. */
    public static void main(String[] args) throws IOException, TranslateException {
        Arguments arguments = Arguments.orExit(args, DEFAULTS);
        Engine.getInstance().setRandomSeed(arguments.integer("seed"));
        EpochHistory history = new EpochHistory(arguments.text("csv"));
        try (Model model = Model.newInstance("digits-mlp", Device.cpu())) {
            model.setBlock(network(arguments.integer("units")));
            Digits digits = Digits.load();
            int batch = arguments.integer("batch");
            int samples = arguments.integer("samples");
            ArrayDataset training = DigitsDataset.of(digits.training(samples), model.getNDManager(), batch, true);
            ArrayDataset validation = DigitsDataset.of(digits.validation(samples), model.getNDManager(), batch, false);
            try (Trainer trainer = model.newTrainer(config((float) arguments.decimal("rate"), history))) {
                trainer.setMetrics(new Metrics());
                trainer.initialize(new Shape(1, 1, Digits.SIDE, Digits.SIDE));
                EasyTrain.fit(trainer, arguments.integer("epochs"), training, validation);
            }
            System.out.println(new FinalHash().add(history.values()).add(model).line());
        }
    }

    private static Block network(int units) {
        return new SequentialBlock()
                .add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(units).build())
                .add(Activation.reluBlock())
                .add(Dropout.builder().optRate(0.3f).build())
                .add(Linear.builder().setUnits(units / 2).build())
                .add(Activation.reluBlock())
                .add(Linear.builder().setUnits(Digits.CLASSES).build());
    }

    private static TrainingConfig config(float rate, EpochHistory history) {
        return new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
                .addEvaluator(new Accuracy())
                .optOptimizer(Optimizer.adam()
                        .optLearningRateTracker(Tracker.fixed(rate))
                        .build())
                .optDevices(new Device[] {Device.cpu()})
                .addTrainingListeners(TrainingListener.Defaults.basic())
                .addTrainingListeners(history);
    }
}
