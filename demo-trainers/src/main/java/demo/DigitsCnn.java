package demo;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.dataset.Batch;
import ai.djl.translate.TranslateException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A convolutional network, trained by a loop written by hand: images shifted at random, validation after each epoch,
 * early stopping, and the best parameters kept.
 */
public final class DigitsCnn {

    private static final String DEFAULTS =
            "epochs=60 batch=32 seed=7 samples=1500 filters=48 rate=0.01 patience=20 log=100 csv=digits-cnn.csv";

    private final Model model;
    private final ArrayDataset training;
    private final ArrayDataset validation;
    private final Random shifts;
    private final int logEvery;
    private final List<EpochMetrics> history = new ArrayList<>();
    private float[][] best = {};
    private int step;

    private DigitsCnn(Model model, Arguments arguments) {
        Digits digits = Digits.load();
        int samples = arguments.integer("samples");
        int batch = arguments.integer("batch");
        this.model = model;
        training = DigitsDataset.of(digits.training(samples), model.getNDManager(), batch, true);
        validation = DigitsDataset.of(digits.validation(samples), model.getNDManager(), batch, false);
        shifts = new Random(arguments.integer("seed"));
        logEvery = arguments.integer("log");
    }

    /** Trains; arguments are {@code key=value}. */
    public static void main(String[] args) throws IOException, TranslateException {
        Arguments arguments = Arguments.orExit(args, DEFAULTS);
        Engine.getInstance().setRandomSeed(arguments.integer("seed"));
        try (Model model = Model.newInstance("digits-cnn", Device.cpu())) {
            model.setBlock(CnnRecipe.network(arguments.integer("filters")));
            new DigitsCnn(model, arguments).run(arguments);
        }
    }

    private void run(Arguments arguments) throws IOException, TranslateException {
        int epochs = arguments.integer("epochs");
        int steps = epochs * Math.toIntExact(-Math.floorDiv(-training.size(), arguments.integer("batch")));
        try (Trainer trainer = model.newTrainer(CnnRecipe.config((float) arguments.decimal("rate"), steps))) {
            trainer.initialize(new Shape(1, 1, Digits.SIDE, Digits.SIDE));
            try (BufferedWriter csv = Files.newBufferedWriter(Path.of(arguments.text("csv")))) {
                csv.write(EpochMetrics.HEADER);
                train(trainer, epochs, arguments.integer("patience"), csv);
            }
        }
        FinalHash hash = new FinalHash().add(model).add(history.toString()).add(shifts.nextDouble());
        for (float[] parameter : best) {
            hash.add(parameter);
        }
        System.out.println(hash.line());
    }

    private void train(Trainer trainer, int epochs, int patience, BufferedWriter csv)
            throws IOException, TranslateException {
        double lowest = Double.POSITIVE_INFINITY;
        int epochsSinceBest = 0;
        for (int epoch = 1; epoch <= epochs && epochsSinceBest < patience; epoch++) {
            double trainLoss = trainEpoch(trainer);
            EpochMetrics metrics = validate(trainer, epoch, trainLoss);
            if (metrics.validationLoss() < lowest) {
                lowest = metrics.validationLoss();
                epochsSinceBest = 0;
                best = copyOfParameters();
            } else {
                epochsSinceBest++;
            }
            history.add(metrics);
            csv.write(metrics.row());
            System.out.println(metrics);
        }
        System.out.printf("best validation loss %.4f, %d epochs ago%n", lowest, epochsSinceBest);
    }

    private double trainEpoch(Trainer trainer) throws IOException, TranslateException {
        double sum = 0;
        int batches = 0;
        for (Batch batch : trainer.iterateDataset(training)) {
            float loss = trainBatch(trainer, batch);
            trainer.step();
            batch.close();
            step++;
            if (step % logEvery == 0) {
                System.out.println("step " + step + " loss " + loss);
            }
            sum += loss;
            batches++;
        }
        return sum / batches;
    }

    private float trainBatch(Trainer trainer, Batch batch) {
        try (GradientCollector collector = trainer.newGradientCollector()) {
            NDList predictions =
                    trainer.forward(new NDList(shifted(batch.getData().head())), batch.getLabels());
            NDArray loss = trainer.getLoss().evaluate(batch.getLabels(), predictions);
            collector.backward(loss);
            return loss.getFloat();
        }
    }

    /** Returns the images moved by up to one pixel in each direction. */
    private NDArray shifted(NDArray images) {
        int top = shifts.nextInt(3);
        int left = shifts.nextInt(3);
        return images.pad(new Shape(1, 1, 1, 1), 0)
                .get(new NDIndex(":, :, {}:{}, {}:{}", top, top + Digits.SIDE, left, left + Digits.SIDE));
    }

    private EpochMetrics validate(Trainer trainer, int epoch, double trainLoss) throws IOException, TranslateException {
        double lossSum = 0;
        long correct = 0;
        int batches = 0;
        for (Batch batch : trainer.iterateDataset(validation)) {
            NDArray labels = batch.getLabels().head();
            NDArray predictions = trainer.evaluate(batch.getData()).head();
            lossSum += trainer.getLoss()
                    .evaluate(batch.getLabels(), new NDList(predictions))
                    .getFloat();
            correct += predictions.argMax(1).eq(labels).countNonzero().getLong();
            batches++;
            batch.close();
        }
        return new EpochMetrics(epoch, step, trainLoss, lossSum / batches, (double) correct / validation.size());
    }

    private float[][] copyOfParameters() {
        return model.getBlock().getParameters().values().stream()
                .map(p -> p.getArray().toFloatArray())
                .toArray(float[][]::new);
    }
}
