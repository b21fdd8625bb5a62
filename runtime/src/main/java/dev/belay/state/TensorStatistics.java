package dev.belay.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * Simple statistics of a tensor's finite elements; NaN where there are none. Values are compared as doubles, so that
 * 64-bit integers beyond 2^53 are rounded.
 *
 * @param elements how many elements it has
 * @param notFinite how many of them are NaN or infinite
 */
public record TensorStatistics(double min, double max, double mean, long elements, long notFinite) {

    private static final int CHUNK_BYTES = 1 << 20;

    /** Turns the element at a byte index into a double. */
    @FunctionalInterface
    private interface Element {
        double at(ByteBuffer bytes, int index);
    }

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
        Sum sum = new Sum(element(entry.dtype()), entry.dtype().bytes());
        tensors.read(entry, ByteBuffer.allocateDirect(CHUNK_BYTES), sum::add);
        long finite = sum.elements - sum.notFinite;
        double none = Double.NaN;
        return new TensorStatistics(
                finite == 0 ? none : sum.min,
                finite == 0 ? none : sum.max,
                finite == 0 ? none : sum.sum / finite,
                sum.elements,
                sum.notFinite);
    }

    private static final class Sum {

        private final Element element;
        private final int size;
        private double min = Double.POSITIVE_INFINITY;
        private double max = Double.NEGATIVE_INFINITY;
        private double sum;
        private long elements;
        private long notFinite;

        Sum(Element element, int size) {
            this.element = element;
            this.size = size;
        }

        void add(ByteBuffer piece) {
            for (int i = 0; i < piece.limit(); i += size) {
                double v = element.at(piece, i);
                elements++;
                if (Double.isFinite(v)) {
                    min = Math.min(min, v);
                    max = Math.max(max, v);
                    sum += v;
                } else {
                    notFinite++;
                }
            }
        }
    }

    private static Element element(Dtype dtype) {
        return switch (dtype) {
            case F64 -> ByteBuffer::getDouble;
            case F32 -> ByteBuffer::getFloat;
            case F16 -> (b, i) -> half(b.getShort(i));
            case BF16 -> (b, i) -> Float.intBitsToFloat(b.getShort(i) << 16);
            case I64 -> ByteBuffer::getLong;
            case U64 -> (b, i) -> unsigned(b.getLong(i));
            case I32 -> ByteBuffer::getInt;
            case U32 -> (b, i) -> Integer.toUnsignedLong(b.getInt(i));
            case I16 -> ByteBuffer::getShort;
            case U16 -> ByteBuffer::getChar;
            case I8 -> ByteBuffer::get;
            case U8, BOOL -> (b, i) -> Byte.toUnsignedInt(b.get(i));
        };
    }

    private static double unsigned(long bits) {
        return bits >= 0 ? bits : (bits >>> 1 | bits & 1) * 2.0;
    }

    /** Returns an IEEE 754 half; the JDK has a method for it only from 20 on. */
    private static double half(short bits) {
        int exponent = bits >> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        double sign = bits < 0 ? -1 : 1;
        if (exponent == 0) {
            return sign * fraction * 0x1p-24;
        } else if (exponent == 0x1f) {
            return fraction == 0 ? sign * Double.POSITIVE_INFINITY : Double.NaN;
        }
        return sign * Math.scalb(1024 + fraction, exponent - 25);
    }
}
