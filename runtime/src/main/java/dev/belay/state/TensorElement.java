package dev.belay.state;

import java.nio.ByteBuffer;

/** Turns the element of a tensor at a byte index into a double; 64-bit integers beyond 2^53 are rounded. */
@FunctionalInterface
interface TensorElement {

    double at(ByteBuffer littleEndian, int index);

    static TensorElement of(Dtype dtype) {
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
