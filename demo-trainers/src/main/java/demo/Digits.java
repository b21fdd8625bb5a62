package demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Handwritten digits.
 *
 * @param pixels grey values 0..1 of each image, 64 in 8 rows
 * @param labels the digits 0..9 that the images show
 */
record Digits(float[][] pixels, float[] labels) {

    static final int SIDE = 8;
    static final int CLASSES = 10;
    private static final float WHITE = 16;
    private static final int TRAINING = 1500;

    /** Reads all 1,797 from the class path. */
    static Digits load() {
        try (InputStream raw = Digits.class.getResourceAsStream("digits.csv.gz");
                BufferedReader csv = new BufferedReader(
                        new InputStreamReader(new GZIPInputStream(raw), StandardCharsets.US_ASCII))) {
            return parse(csv.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Digits parse(List<String> lines) {
        float[][] pixels = new float[lines.size()][SIDE * SIDE];
        float[] labels = new float[lines.size()];
        for (int i = 0; i < labels.length; i++) {
            String[] cells = lines.get(i).split(",");
            for (int k = 0; k < pixels[i].length; k++) {
                pixels[i][k] = Integer.parseInt(cells[k]) / WHITE;
            }
            labels[i] = Integer.parseInt(cells[SIDE * SIDE]);
        }
        return new Digits(pixels, labels);
    }

    /** Returns at most {@code count} of the images to train on. */
    Digits training(int count) {
        return range(0, Math.min(count, TRAINING));
    }

    /** Returns at most {@code count} of the images that are kept for validation. */
    Digits validation(int count) {
        return range(TRAINING, Math.min(TRAINING + count, labels.length));
    }

    int size() {
        return labels.length;
    }

    private Digits range(int from, int to) {
        return new Digits(Arrays.copyOfRange(pixels, from, to), Arrays.copyOfRange(labels, from, to));
    }
}
