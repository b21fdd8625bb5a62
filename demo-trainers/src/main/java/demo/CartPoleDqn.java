package demo;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Deep Q-learning on {@link CartPole}: a replay buffer, and a target network without a trainer of its own. */
public final class CartPoleDqn {

    private static final String DEFAULTS =
            "steps=6000 batch=32 seed=7 units=64 capacity=10000 rate=0.001 discount=0.99 log=200 csv=cart-pole-dqn.csv";

    private static final float FOLLOWING = 0.02f;

    private final Random random;
    private final CartPole game;
    private final ReplayBuffer buffer;
    private final int steps;
    private final int batch;
    private final int logEvery;
    private final float discount;
    private final List<Integer> returns = new ArrayList<>();
    private int step;

    private CartPoleDqn(Arguments arguments) {
        random = new Random(arguments.integer("seed"));
        game = new CartPole(random);
        buffer = new ReplayBuffer(arguments.integer("capacity"));
        steps = arguments.integer("steps");
        batch = arguments.integer("batch");
        logEvery = arguments.integer("log");
        discount = (float) arguments.decimal("discount");
    }

    /** Trains; arguments are {@code key=value}. */
    public static void main(String[] args) throws IOException {
        Arguments arguments = Arguments.orExit(args, DEFAULTS);
        Engine.getInstance().setRandomSeed(arguments.integer("seed"));
        CartPoleDqn program = new CartPoleDqn(arguments);
        int units = arguments.integer("units");
        try (Model policy = Model.newInstance("policy", Device.cpu());
                Model target = Model.newInstance("target", Device.cpu())) {
            policy.setBlock(network(units));
            target.setBlock(network(units));
            target.getBlock().initialize(target.getNDManager(), DataType.FLOAT32, new Shape(1, CartPole.OBSERVATIONS));
            try (Trainer trainer = policy.newTrainer(config((float) arguments.decimal("rate")))) {
                trainer.initialize(new Shape(1, CartPole.OBSERVATIONS));
                try (PrintStream csv = new PrintStream(arguments.text("csv"))) {
                    program.train(trainer, target, csv);
                }
            }
            System.out.println(new FinalHash()
                    .add(policy)
                    .add(target)
                    .add(program.returns.toString())
                    .add(program.random.nextDouble())
                    .line());
        }
    }

    private static Block network(int units) {
        return new SequentialBlock()
                .add(Linear.builder().setUnits(units).build())
                .add(Activation.reluBlock())
                .add(Linear.builder().setUnits(units).build())
                .add(Activation.reluBlock())
                .add(Linear.builder().setUnits(CartPole.ACTIONS).build());
    }

    private static DefaultTrainingConfig config(float rate) {
        return new DefaultTrainingConfig(Loss.l2Loss())
                .optOptimizer(Optimizer.adam()
                        .optLearningRateTracker(Tracker.fixed(rate))
                        .build())
                .optDevices(new Device[] {Device.cpu()});
    }

    private void train(Trainer trainer, Model target, PrintStream csv) {
        while (step < steps) {
            game.reset();
            while (!game.over() && step < steps) {
                play(trainer);
                if (buffer.size() >= batch) {
                    learn(trainer, target);
                }
            }
            returns.add(game.ticks());
            csv.println(returns.size() + "," + step + "," + game.ticks());
        }
    }

    private void play(Trainer trainer) {
        float[] before = game.observation();
        int action = random.nextDouble() < exploration() ? random.nextInt(CartPole.ACTIONS) : best(trainer, before);
        game.push(action);
        buffer.add(new ReplayBuffer.Experience(before, action, game.observation(), game.fallen()));
    }

    /** Falls from 1 to 0.05 in the first half of the training. */
    private double exploration() {
        return Math.max(0.05, 1 - 2.0 * step / steps);
    }

    private static int best(Trainer trainer, float[] observation) {
        try (NDManager manager = trainer.getManager().newSubManager()) {
            NDArray input = manager.create(observation, new Shape(1, CartPole.OBSERVATIONS));
            return (int) trainer.evaluate(new NDList(input)).head().argMax(1).toLongArray()[0];
        }
    }

    private void learn(Trainer trainer, Model target) {
        ReplayBuffer.Experience[] drawn = buffer.sample(batch, random);
        float loss;
        try (NDManager manager = trainer.getManager().newSubManager()) {
            NDArray wanted = manager.create(wanted(manager, target, drawn), new Shape(batch, 1));
            NDArray before = manager.create(observations(drawn, true), new Shape(batch, CartPole.OBSERVATIONS));
            NDArray actions = manager.create(actions(drawn), new Shape(batch, CartPole.ACTIONS));
            try (GradientCollector collector = trainer.newGradientCollector()) {
                NDArray values = trainer.forward(new NDList(before)).head();
                NDArray taken = values.mul(actions).sum(new int[] {1}, true);
                NDArray l2 = trainer.getLoss().evaluate(new NDList(wanted), new NDList(taken));
                collector.backward(l2);
                loss = l2.getFloat();
            }
            trainer.step();
        }
        step++;
        follow(target, trainer.getModel());
        if (step % logEvery == 0) {
            System.out.printf("step %d loss %.5f, %d games%n", step, loss, returns.size());
        }
    }

    /** Returns the value of each action taken, by what the target network expects of its outcome. */
    private float[] wanted(NDManager manager, Model target, ReplayBuffer.Experience[] drawn) {
        NDArray after = manager.create(observations(drawn, false), new Shape(batch, CartPole.OBSERVATIONS));
        ParameterStore store = new ParameterStore(manager, false);
        float[] wanted = target.getBlock()
                .forward(store, new NDList(after), false)
                .head()
                .max(new int[] {1})
                .toFloatArray();
        for (int i = 0; i < batch; i++) {
            wanted[i] = drawn[i].fallen() ? 0 : 1 + discount * wanted[i];
        }
        return wanted;
    }

    private static float[] observations(ReplayBuffer.Experience[] drawn, boolean before) {
        float[] all = new float[drawn.length * CartPole.OBSERVATIONS];
        for (int i = 0; i < drawn.length; i++) {
            float[] one = before ? drawn[i].before() : drawn[i].after();
            System.arraycopy(one, 0, all, i * CartPole.OBSERVATIONS, CartPole.OBSERVATIONS);
        }
        return all;
    }

    private static float[] actions(ReplayBuffer.Experience[] drawn) {
        float[] one = new float[drawn.length * CartPole.ACTIONS];
        for (int i = 0; i < drawn.length; i++) {
            one[i * CartPole.ACTIONS + drawn[i].action()] = 1;
        }
        return one;
    }

    /** The target network follows the trained one slowly. */
    private static void follow(Model target, Model policy) {
        for (int i = 0; i < policy.getBlock().getParameters().size(); i++) {
            NDArray parameter =
                    policy.getBlock().getParameters().get(i).getValue().getArray();
            try (NDArray part = parameter.mul(FOLLOWING)) {
                NDArray follower =
                        target.getBlock().getParameters().get(i).getValue().getArray();
                follower.muli(1 - FOLLOWING).addi(part);
            }
        }
    }
}
