package killtest.program;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;

/** Trains with dropout on random numbers, on MXNet; its parameters are made by the first forward pass. */
public final class OnMxNet {

    private OnMxNet() {}

    public static void main(String[] args) throws InterruptedException {
        Engine.getEngine("MXNet").setRandomSeed(8);
        try (Model model = Model.newInstance("mxnet", Device.cpu(), "MXNet")) {
            model.setBlock(Tensors.network());
            DefaultTrainingConfig config = new DefaultTrainingConfig(Loss.l2Loss())
                    .optOptimizer(Optimizer.rmsprop().optCentered(true).build())
                    .optDevices(new Device[] {Device.cpu()});
            try (Trainer trainer = model.newTrainer(config)) {
                for (int step = 0; step < 300; step++) {
                    step(trainer);
                    Thread.sleep(5);
                }
                System.out.println(Tensors.line(model));
            }
        }
    }

    private static void step(Trainer trainer) {
        try (NDManager manager = trainer.getManager().newSubManager()) {
            NDArray input = manager.randomNormal(new Shape(8, Tensors.INPUTS));
            NDArray wanted = input.sum(new int[] {1}, true);
            try (GradientCollector collector = trainer.newGradientCollector()) {
                NDList found = trainer.forward(new NDList(input));
                collector.backward(trainer.getLoss().evaluate(new NDList(wanted), found));
            }
            trainer.step();
        }
    }
}
