package demo;

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
import ai.djl.training.tracker.Tracker;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** An LSTM that learns to write, with states carried from step to step; its parameters are made by its first step. */
public final class TextLstm {

    private static final String DEFAULTS =
            "epochs=8 batch=16 length=32 seed=7 characters=45345 units=128 rate=0.003 log=20 csv=text-lstm.csv";

    private static final int VALIDATION_STEPS = 2;

    private final Text text;
    private final int batch;
    private final int length;
    private final Random offsets;
    private final int logEvery;
    private final List<Double> losses = new ArrayList<>();
    private final PrintWriter csv;
    private int step;

    private TextLstm(Arguments arguments) throws IOException {
        csv = new PrintWriter(arguments.text("csv"));
        csv.println("step,loss");
        text = Text.load(arguments.integer("characters"));
        batch = arguments.integer("batch");
        length = arguments.integer("length");
        offsets = new Random(arguments.integer("seed"));
        logEvery = arguments.integer("log");
    }

    /** Trains; arguments are {@code key=value}. */
    public static void main(String[] args) throws IOException {
        Arguments arguments = Arguments.orExit(args, DEFAULTS);
        Engine.getInstance().setRandomSeed(arguments.integer("seed"));
        TextLstm program = new TextLstm(arguments);
        try (Model model = Model.newInstance("text-lstm", Device.cpu())) {
            model.setBlock(new TextNetwork(arguments.integer("units"), program.text.alphabet()));
            try (Trainer trainer = model.newTrainer(config((float) arguments.decimal("rate")))) {
                program.train(trainer, arguments.integer("epochs"));
                program.csv.close();
                System.out.println(program.hash(model));
            }
        }
    }

    private String hash(Model model) {
        double[] all = losses.stream().mapToDouble(Double::doubleValue).toArray();
        return new FinalHash().add(all).add(model).add(offsets.nextDouble()).line();
    }

    private static DefaultTrainingConfig config(float rate) {
        return new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
                .optOptimizer(Optimizer.adam()
                        .optLearningRateTracker(Tracker.fixed(rate))
                        .build())
                .optDevices(new Device[] {Device.cpu()});
    }

    private void train(Trainer trainer, int epochs) {
        int steps = text.steps(batch, length) - VALIDATION_STEPS;
        for (int epoch = 1; epoch <= epochs; epoch++) {
            NDList states = new NDList();
            int offset = offsets.nextInt(length);
            double sum = 0;
            for (int i = 0; i < steps; i++) {
                float loss = trainStep(trainer, states, offset + i * length);
                sum += loss;
                step++;
                csv.println(step + "," + loss);
                if (step % logEvery == 0) {
                    System.out.printf("step %d loss %.4f%n", step, sum / (i + 1));
                }
            }
            states.close();
            double validation = validate(trainer, offset + steps * length);
            losses.add(validation);
            System.out.printf("epoch %d: loss %.4f, validation loss %.4f%n", epoch, sum / steps, validation);
        }
    }

    /** Trains on the next characters; the states become those after them. */
    private float trainStep(Trainer trainer, NDList states, int from) {
        try (NDManager manager = trainer.getManager().newSubManager()) {
            NDList inputs = new NDList(
                    manager.create(text.inputs(batch, length, from), new Shape(batch, length, text.alphabet())));
            inputs.addAll(states);
            NDList labels = new NDList(manager.create(text.labels(batch, length, from)));
            NDList outputs;
            NDArray loss;
            try (GradientCollector collector = trainer.newGradientCollector()) {
                outputs = trainer.forward(inputs);
                loss = trainer.getLoss().evaluate(labels, new NDList(outputs.head()));
                collector.backward(loss);
            }
            trainer.step();
            keep(trainer.getManager(), states, outputs);
            return loss.getFloat();
        }
    }

    /** Returns the loss on the characters that were not trained on, the end of each reader's part. */
    private double validate(Trainer trainer, int from) {
        double sum = 0;
        for (int i = 0; i < VALIDATION_STEPS; i++) {
            try (NDManager manager = trainer.getManager().newSubManager()) {
                NDArray input = manager.create(
                        text.inputs(batch, length, from + i * length), new Shape(batch, length, text.alphabet()));
                NDArray labels = manager.create(text.labels(batch, length, from + i * length));
                NDList predictions =
                        new NDList(trainer.evaluate(new NDList(input)).head());
                sum += trainer.getLoss()
                        .evaluate(new NDList(labels), predictions)
                        .getFloat();
            }
        }
        return sum / VALIDATION_STEPS;
    }

    private static void keep(NDManager manager, NDList states, NDList outputs) {
        states.close();
        states.clear();
        for (NDArray state : outputs.subNDList(1)) {
            NDArray kept = state.stopGradient().duplicate();
            kept.attach(manager);
            states.add(kept);
        }
    }
}
