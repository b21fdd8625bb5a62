package dev.belay.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Compares two tensors element by element, a piece of both at a time. */
final class TensorComparison {

    private static final int PIECE_BYTES = 1 << 20;

    private final TensorElement element;
    private final Dtype dtype;
    private long different;
    private double maxAbsolute;
    private double maxRelative;
    private long maxUlps;

    private TensorComparison(Dtype dtype) {
        this.dtype = dtype;
        this.element = TensorElement.of(dtype);
    }

    static TensorDifference of(String name, SafetensorsFile first, SafetensorsFile second) throws IOException {
        TensorEntry a = first.tensor(name);
        TensorEntry b = second.tensor(name);
        if (a.dtype() != b.dtype() || !Arrays.equals(a.shape(), b.shape())) {
            return new TensorDifference(name, text(a), text(b), 0, 0, 0, 0, 0);
        }
        TensorComparison comparison = new TensorComparison(a.dtype());
        ByteBuffer ofFirst = ByteBuffer.allocateDirect(PIECE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer ofSecond = ByteBuffer.allocateDirect(PIECE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (long at = 0; at < a.bytes(); at += PIECE_BYTES) {
            int bytes = (int) Math.min(PIECE_BYTES, a.bytes() - at);
            first.read(a, at, ofFirst.clear().limit(bytes));
            second.read(b, at, ofSecond.clear().limit(bytes));
            comparison.compare(ofFirst.flip(), ofSecond.flip());
        }
        return comparison.difference(name, a);
    }

    private static String text(TensorEntry t) {
        return t.dtype() + Arrays.toString(t.shape());
    }

    private TensorDifference difference(String name, TensorEntry t) {
        return new TensorDifference(
                name,
                text(t),
                text(t),
                t.bytes() / dtype.bytes(),
                different,
                maxAbsolute,
                maxRelative,
                isFloating() ? maxUlps : TensorDifference.NO_ULPS);
    }

    private boolean isFloating() {
        return switch (dtype) {
            case F64, F32, F16, BF16 -> true;
            default -> false;
        };
    }

    private void compare(ByteBuffer first, ByteBuffer second) {
        int size = dtype.bytes();
        int at = first.mismatch(second);
        if (at < 0) {
            return;
        }
        for (int i = at / size * size; i < first.limit(); i += size) {
            if (bits(first, i) != bits(second, i)) {
                different++;
                compare(first, second, i);
            }
        }
    }

    private void compare(ByteBuffer first, ByteBuffer second, int i) {
        double a = element.at(first, i);
        double b = element.at(second, i);
        if (Double.isNaN(a) && Double.isNaN(b)) {
            return; // two NaNs of other bits are no distance apart
        } else if (!Double.isFinite(a) || !Double.isFinite(b)) {
            maxAbsolute = Double.POSITIVE_INFINITY;
            maxRelative = Double.POSITIVE_INFINITY;
            maxUlps = Long.MAX_VALUE;
            return;
        }
        double absolute = Math.abs(a - b);
        if (absolute == 0 && !isFloating()) {
            absolute = Math.abs((double) (bits(first, i) - bits(second, i))); // both were rounded to one double
        }
        maxAbsolute = Math.max(maxAbsolute, absolute);
        if (absolute > 0) {
            maxRelative = Math.max(maxRelative, absolute / Math.max(Math.abs(a), Math.abs(b)));
        }
        if (isFloating()) {
            maxUlps = Math.max(maxUlps, apart(ordered(bits(first, i)), ordered(bits(second, i))));
        }
    }

    private long bits(ByteBuffer bytes, int i) {
        return switch (dtype.bytes()) {
            case 8 -> bytes.getLong(i);
            case 4 -> bytes.getInt(i);
            case 2 -> bytes.getShort(i);
            default -> bytes.get(i);
        };
    }

    /** Returns a place in the order of all numbers of the type; both zeros have the same. */
    private long ordered(long bits) {
        long smallest = -1L << (8 * dtype.bytes() - 1);
        return bits >= 0 ? bits : smallest - bits;
    }

    private static long apart(long a, long b) {
        long distance = Math.max(a, b) - Math.min(a, b);
        return distance < 0 ? Long.MAX_VALUE : distance; // more than a long holds
    }
}
