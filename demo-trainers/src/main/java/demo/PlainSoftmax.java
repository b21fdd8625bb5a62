package demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Softmax regression on random cosine features, in plain Java: minibatches, momentum, a shuffle before each epoch,
 * validation after it.
 */
public final class PlainSoftmax {

    private static final String DEFAULTS =
            "epochs=300 batch=25 seed=7 samples=1500 features=1024 rate=0.4 momentum=0.9 csv=plain-softmax.csv";

    private final Random random;
    private final CosineFeatures features;
    private final double[][] weights;
    private final double[][] velocity;
    private final double momentum;
    private final Path csv;

    private PlainSoftmax(int seed, int featureCount, double momentum, Path csv) {
        random = new Random(seed);
        features = new CosineFeatures(featureCount, random);
        weights = new double[Digits.CLASSES][featureCount];
        velocity = new double[Digits.CLASSES][featureCount];
        this.momentum = momentum;
        this.csv = csv;
    }

    /** Trains; arguments are {@code key=value}. */
    public static void main(String[] args) throws IOException {
        Arguments arguments = Arguments.orExit(args, DEFAULTS);
        PlainSoftmax program = new PlainSoftmax(
                arguments.integer("seed"),
                arguments.integer("features"),
                arguments.decimal("momentum"),
                Path.of(arguments.text("csv")));
        program.train(
                arguments.integer("samples"),
                arguments.integer("epochs"),
                arguments.integer("batch"),
                arguments.decimal("rate"));
    }

    private void train(int samples, int epochs, int batch, double rate) throws IOException {
        Digits digits = Digits.load();
        Digits training = digits.training(samples);
        Digits validation = digits.validation(samples);
        double[][] inputs = features.of(training);
        double[][] validationInputs = features.of(validation);
        int[] order = new int[training.size()];
        Arrays.setAll(order, i -> i);
        List<double[]> history = new ArrayList<>();
        Files.writeString(csv, "epoch,loss,accuracy\n");
        for (int epoch = 1; epoch <= epochs; epoch++) {
            shuffle(order);
            double loss = 0;
            double epochRate = rate / (1 + 0.05 * epoch);
            for (int from = 0; from < order.length; from += batch) {
                int to = Math.min(from + batch, order.length);
                loss += step(inputs, training.labels(), Arrays.copyOfRange(order, from, to), epochRate);
            }
            double accuracy = validate(validationInputs, validation.labels());
            history.add(new double[] {loss / order.length, accuracy});
            String row = epoch + "," + loss / order.length + "," + accuracy + "\n";
            Files.writeString(csv, row, StandardOpenOption.APPEND);
            System.out.printf(
                    Locale.ROOT, "epoch %d: loss %.4f, accuracy %.1f %%%n", epoch, loss / order.length, 100 * accuracy);
        }
        finish(history);
    }

    private void finish(List<double[]> history) {
        FinalHash hash = new FinalHash();
        history.forEach(hash::add);
        for (int k = 0; k < weights.length; k++) {
            hash.add(weights[k]).add(velocity[k]);
        }
        System.out.println(hash.add(random.nextDouble()).line());
    }

    private void shuffle(int[] order) {
        for (int i = order.length - 1; i > 0; i--) {
            int k = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[k];
            order[k] = swapped;
        }
    }

    /** One update of the weights by the samples of a batch; returns the sum of their losses. */
    private double step(double[][] inputs, float[] labels, int[] batch, double rate) {
        double[][] gradient = new double[weights.length][weights[0].length];
        double loss = 0;
        for (int sample : batch) {
            double[] probabilities = probabilities(inputs[sample]);
            int label = (int) labels[sample];
            loss -= StrictMath.log(probabilities[label]);
            probabilities[label] -= 1;
            for (int k = 0; k < gradient.length; k++) {
                addScaled(gradient[k], inputs[sample], probabilities[k] / batch.length);
            }
        }
        for (int k = 0; k < weights.length; k++) {
            for (int j = 0; j < weights[k].length; j++) {
                velocity[k][j] = momentum * velocity[k][j] - rate * gradient[k][j];
            }
            addScaled(weights[k], velocity[k], 1);
        }
        return loss;
    }

    private double validate(double[][] inputs, float[] labels) {
        int correct = 0;
        for (int i = 0; i < inputs.length; i++) {
            double[] probabilities = probabilities(inputs[i]);
            double highest = Arrays.stream(probabilities).max().orElseThrow();
            correct += probabilities[(int) labels[i]] == highest ? 1 : 0;
        }
        return (double) correct / inputs.length;
    }

    private double[] probabilities(double[] input) {
        double[] p = new double[weights.length];
        double sum = 0;
        for (int k = 0; k < p.length; k++) {
            p[k] = StrictMath.exp(CosineFeatures.dot(weights[k], input)); // the same bits on every processor
            sum += p[k];
        }
        for (int k = 0; k < p.length; k++) {
            p[k] /= sum;
        }
        return p;
    }

    private static void addScaled(double[] target, double[] source, double factor) {
        for (int j = 0; j < target.length; j++) {
            target[j] += factor * source[j];
        }
    }
}
