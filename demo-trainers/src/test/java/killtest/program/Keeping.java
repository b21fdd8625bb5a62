package killtest.program;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import dev.belay.Belay;
import java.util.ArrayList;
import java.util.List;

/** Trains a small network with far too large a rate, and keeps a copy of its best parameters, as programs do by hand. */
public final class Keeping {

    private static final int STEPS = 4;

    private final List<float[]> best = new ArrayList<>();
    private final List<Double> losses = new ArrayList<>();

    private Keeping() {}

    public static void main(String[] args) throws InterruptedException {
        Engine.getInstance().setRandomSeed(3);
        Keeping program = new Keeping();
        try (Model model = Model.newInstance("keeping", Device.cpu())) {
            model.setBlock(Tensors.network());
            try (Trainer trainer = model.newTrainer(new DefaultTrainingConfig(Loss.l2Loss())
                    .optDevices(new Device[] {Device.cpu()})
                    .optOptimizer(Optimizer.adam()
                            .optLearningRateTracker(Tracker.fixed(0.25f))
                            .build()))) {
                trainer.initialize(new Shape(16, Tensors.INPUTS));
                program.train(trainer, Integer.parseInt(args[0]));
            }
            System.out.println("epochs " + program.losses.size() + ", the best parameters: " + program.hasBest(model));
            System.out.println(Result.line(
                    program.losses.stream().mapToDouble(Double::doubleValue).toArray()));
        }
    }

    private void train(Trainer trainer, int epochs) throws InterruptedException {
        for (int epoch = 0; epoch < epochs; epoch++) {
            for (int i = 0; i < STEPS; i++) {
                step(trainer);
            }
            double loss = validate(trainer);
            Belay.metric("eval_loss", loss);
            if (losses.stream().allMatch(before -> loss < before)) {
                best.clear();
                parameters(trainer.getModel()).forEach(p -> best.add(p.toFloatArray()));
            }
            losses.add(loss);
        }
    }

    private static List<NDArray> parameters(Model model) {
        return model.getBlock().getParameters().values().stream()
                .map(Parameter::getArray)
                .toList();
    }

    private void step(Trainer trainer) throws InterruptedException {
        try (NDManager manager = trainer.getManager().newSubManager()) {
            NDArray inputs = manager.randomNormal(new Shape(16, Tensors.INPUTS));
            try (GradientCollector collector = trainer.newGradientCollector()) {
                NDArray outputs = trainer.forward(new NDList(inputs)).head();
                collector.backward(trainer.getLoss().evaluate(new NDList(labels(inputs)), new NDList(outputs)));
            }
        }
        trainer.step();
        Thread.sleep(3);
    }

    private static NDArray labels(NDArray inputs) {
        return inputs.sum(new int[] {1}, true);
    }

    private static double validate(Trainer trainer) {
        try (NDManager manager = trainer.getManager().newSubManager()) {
            NDArray inputs = manager.arange(16 * Tensors.INPUTS)
                    .reshape(16, Tensors.INPUTS)
                    .div(50f);
            NDArray outputs = trainer.evaluate(new NDList(inputs)).head();
            return trainer.getLoss()
                    .evaluate(new NDList(labels(inputs)), new NDList(outputs))
                    .getFloat();
        }
    }

    private boolean hasBest(Model model) {
        List<NDArray> now = parameters(model);
        for (int i = 0; i < now.size(); i++) {
            if (!java.util.Arrays.equals(now.get(i).toFloatArray(), best.get(i))) {
                return false;
            }
        }
        return true;
    }
}
