package demo;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.TrainingConfig;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import ai.djl.training.tracker.WarmUpTracker;

/** The network of {@link DigitsCnn} and how it is optimized. */
final class CnnRecipe {

    private CnnRecipe() {}

    static Block network(int filters) {
        return new SequentialBlock()
                .add(convolution(filters))
                .add(BatchNorm.builder().build())
                .add(Activation.reluBlock())
                .add(convolution(2 * filters))
                .add(BatchNorm.builder().build())
                .add(Activation.reluBlock())
                .add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
                .add(Dropout.builder().optRate(0.25f).build())
                .add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(2L * filters).build())
                .add(Activation.reluBlock())
                .add(Dropout.builder().optRate(0.5f).build())
                .add(Linear.builder().setUnits(Digits.CLASSES).build());
    }

    /** Stochastic gradient descent with momentum; the rate warms up, then falls twice. */
    static TrainingConfig config(float rate, int steps) {
        Tracker falling = Tracker.multiFactor()
                .setBaseValue(rate)
                .optFactor(0.2f)
                .setSteps(new int[] {1 + steps / 2, 2 + steps * 3 / 4})
                .build();
        Tracker schedule = WarmUpTracker.builder()
                .optWarmUpSteps(1 + steps / 12)
                .setMainTracker(falling)
                .build();
        return new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
                .optOptimizer(Optimizer.sgd()
                        .setLearningRateTracker(schedule)
                        .optMomentum(0.9f)
                        .optWeightDecays(0.0005f)
                        .build())
                .optDevices(new Device[] {Device.cpu()});
    }

    private static Block convolution(int filters) {
        return Conv2d.builder()
                .setFilters(filters)
                .setKernelShape(new Shape(3, 3))
                .optPadding(new Shape(1, 1))
                .build();
    }
}
