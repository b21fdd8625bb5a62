package dev.belay.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * Simple statistics of a tensor's finite elements; NaN where there are none. Values are compared as doubles, so that
 * 64-bit integers beyond 2^53 are rounded.
 *
 * @param std standard deviation of all of them, as of a whole population
 * @param elements how many elements it has
 * @param nans how many of them are NaN
 * @param infinities how many of them are infinite
 */
public record TensorStatistics(
        double min, double max, double mean, double std, long elements, long nans, long infinities) {

    private static final int CHUNK_BYTES = 1 << 20;

    /**
     * Reads one tensor once, from front to back.
     *
     * @param file name of the tensor file, e.g. {@code model.safetensors}
     * @throws Unsupported if the file is damaged or has no such tensor
     */
    public static TensorStatistics of(Path directory, String file, String tensor) throws IOException {
        SafetensorsFile tensors =
                new SafetensorsFile(directory.resolve(TensorFile.named(file).fileName()));
        TensorEntry entry = tensors.tensor(tensor);
        Sum sum = new Sum(TensorElement.of(entry.dtype()), entry.dtype().bytes());
        tensors.read(entry, ByteBuffer.allocateDirect(CHUNK_BYTES), sum::add);
        return sum.statistics();
    }

    private static final class Sum {

        private final TensorElement element;
        private final int size;
        private double min = Double.POSITIVE_INFINITY;
        private double max = Double.NEGATIVE_INFINITY;
        private double sum;
        private double origin = Double.NaN;
        /** Of the distances from the origin, which is one of the elements: so they do not cancel out. */
        private double shifted;

        private double squares;
        private long finite;
        private long nans;
        private long infinities;

        Sum(TensorElement element, int size) {
            this.element = element;
            this.size = size;
        }

        void add(ByteBuffer piece) {
            for (int i = 0; i < piece.limit(); i += size) {
                double v = element.at(piece, i);
                if (Double.isFinite(v)) {
                    add(v);
                } else if (Double.isNaN(v)) {
                    nans++;
                } else {
                    infinities++;
                }
            }
        }

        private void add(double v) {
            if (finite++ == 0) {
                origin = v;
            }
            min = Math.min(min, v);
            max = Math.max(max, v);
            sum += v;
            shifted += v - origin;
            squares += (v - origin) * (v - origin);
        }

        TensorStatistics statistics() {
            long elements = finite + nans + infinities;
            if (finite == 0) {
                return new TensorStatistics(Double.NaN, Double.NaN, Double.NaN, Double.NaN, elements, nans, infinities);
            }
            double variance = Math.max(0, squares / finite - (shifted / finite) * (shifted / finite));
            return new TensorStatistics(min, max, sum / finite, Math.sqrt(variance), elements, nans, infinities);
        }
    }
}
