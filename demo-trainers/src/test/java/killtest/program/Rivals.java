package killtest.program;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.util.ArrayList;
import java.util.List;

/**
 * Two networks that train against each other: the step of one leaves gradients in the other. The critic's weights are
 * clipped, the generator's are averaged, and its gradients are gathered over two batches.
 */
public final class Rivals {

    private final Model generator;
    private final Model critic;
    private final List<NDArray> averages = new ArrayList<>();

    private Rivals(Model generator, Model critic) {
        this.generator = generator;
        this.critic = critic;
    }

    public static void main(String[] args) throws InterruptedException {
        Engine.getInstance().setRandomSeed(4);
        try (Model generator = Model.newInstance("generator", Device.cpu());
                Model critic = Model.newInstance("critic", Device.cpu())) {
            generator.setBlock(new SequentialBlock()
                    .add(Linear.builder().setUnits(Tensors.INPUTS).build()));
            critic.setBlock(Tensors.network());
            Rivals program = new Rivals(generator, critic);
            try (Trainer making = generator.newTrainer(config(Optimizer.adam().build()));
                    Trainer judging = critic.newTrainer(config(Optimizer.sgd()
                            .setLearningRateTracker(Tracker.fixed(0.01f))
                            .optMomentum(0.9f)
                            .build()))) {
                making.initialize(new Shape(1, Tensors.INPUTS));
                judging.initialize(new Shape(1, Tensors.INPUTS));
                program.train(making, judging);
                System.out.println(Tensors.line(generator).replace("FINAL", "generator"));
                System.out.println(Tensors.line(critic, program.averages.toArray(NDArray[]::new)));
            }
        }
    }

    private static DefaultTrainingConfig config(Optimizer optimizer) {
        return new DefaultTrainingConfig(Loss.l2Loss()).optOptimizer(optimizer).optDevices(new Device[] {Device.cpu()});
    }

    private void train(Trainer making, Trainer judging) throws InterruptedException {
        for (int round = 0; round < 160; round++) {
            judge(making, judging, 1);
            judging.step();
            clip();
            judge(making, judging, -1);
            if (round % 2 == 1) {
                making.step();
                average(making.getManager());
            }
            Thread.sleep(5);
        }
    }

    private static void judge(Trainer making, Trainer judging, int sign) {
        try (NDManager manager = making.getManager().newSubManager();
                GradientCollector collector = judging.newGradientCollector()) {
            NDArray noise = manager.randomNormal(new Shape(4, Tensors.INPUTS));
            NDArray made = making.forward(new NDList(noise)).head();
            NDArray verdict = judging.forward(new NDList(made)).head();
            NDArray real = judging.forward(new NDList(manager.randomUniform(0, 1, made.getShape())))
                    .head();
            collector.backward(verdict.sub(real).mul(sign).mean());
        }
    }

    private void clip() {
        for (Parameter p : critic.getBlock().getParameters().values()) {
            try (NDArray clipped = p.getArray().clip(-0.3, 0.3)) {
                clipped.copyTo(p.getArray());
            }
        }
    }

    private void average(NDManager manager) {
        for (int i = 0; i < generator.getBlock().getParameters().size(); i++) {
            NDArray weight = generator.getBlock().getParameters().valueAt(i).getArray();
            if (i == averages.size()) {
                NDArray first = weight.duplicate();
                first.attach(manager);
                averages.add(first);
            } else {
                try (NDArray part = weight.mul(0.1f)) {
                    averages.get(i).muli(0.9f).addi(part);
                }
            }
        }
    }
}
