package demo;

import java.util.Random;

/** Random cosine features of images, with which a linear model comes close to a kernel machine. */
final class CosineFeatures {

    private static final double FREQUENCY = 0.5;

    private final double[][] frequencies;
    private final double[] phases;

    CosineFeatures(int count, Random random) {
        frequencies = new double[count][Digits.SIDE * Digits.SIDE];
        phases = new double[count];
        for (int j = 0; j < count; j++) {
            phases[j] = 2 * Math.PI * random.nextDouble();
            for (int k = 0; k < frequencies[j].length; k++) {
                frequencies[j][k] = FREQUENCY * random.nextGaussian();
            }
        }
    }

    /** Returns a row of features for each image. */
    double[][] of(Digits digits) {
        double scale = Math.sqrt(2.0 / phases.length);
        double[][] features = new double[digits.size()][phases.length];
        for (int i = 0; i < features.length; i++) {
            double[] pixels = new double[Digits.SIDE * Digits.SIDE];
            for (int k = 0; k < pixels.length; k++) {
                pixels[k] = digits.pixels()[i][k];
            }
            for (int j = 0; j < phases.length; j++) {
                features[i][j] = scale * StrictMath.cos(dot(frequencies[j], pixels) + phases[j]);
            }
        }
        return features;
    }

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }
}
