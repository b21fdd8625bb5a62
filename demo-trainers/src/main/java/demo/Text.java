package demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/** A text as numbers, one for each different character. */
record Text(int[] codes, int alphabet) {

    /** Loads the first characters of the Constitution of the United States of America. */
    static Text load(int characters) {
        try (InputStream in = Objects.requireNonNull(Text.class.getResourceAsStream("us-constitution.txt"))) {
            String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            return of(text.substring(0, Math.min(characters, text.length())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Text of(String text) {
        int[] alphabet = text.chars().sorted().distinct().toArray();
        int[] codes = text.chars().map(c -> Arrays.binarySearch(alphabet, c)).toArray();
        return new Text(codes, alphabet.length);
    }

    /** Returns how many steps of this length each of so many readers can take, beginning within the first step. */
    int steps(int readers, int length) {
        return (codes.length / readers - 1) / length - 1;
    }

    /** Returns what each reader sees next, as vectors with a single one. */
    float[] inputs(int readers, int length, int from) {
        float[] inputs = new float[readers * length * alphabet];
        for (int i = 0; i < readers * length; i++) {
            inputs[i * alphabet + code(readers, length, from, i)] = 1;
        }
        return inputs;
    }

    /** Returns what each reader is to predict: the characters that follow those of {@link #inputs}. */
    float[] labels(int readers, int length, int from) {
        float[] labels = new float[readers * length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = code(readers, length, from + 1, i);
        }
        return labels;
    }

    private int code(int readers, int length, int from, int i) {
        int reader = i / length;
        return codes[reader * (codes.length / readers) + from + i % length];
    }
}
