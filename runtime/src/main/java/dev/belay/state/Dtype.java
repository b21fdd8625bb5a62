package dev.belay.state;

/** The element types of a safetensors file, by their names there. */
enum Dtype {
    F64(8),
    I64(8),
    U64(8),
    F32(4),
    I32(4),
    U32(4),
    F16(2),
    BF16(2),
    I16(2),
    U16(2),
    I8(1),
    U8(1),
    BOOL(1);

    private final int bytes;

    Dtype(int bytes) {
        this.bytes = bytes;
    }

    /** Returns the size of one element in bytes. */
    int bytes() {
        return bytes;
    }

    /**
     * Returns the size of a tensor in bytes.
     *
     * @throws ArithmeticException if it is negative or does not fit
     */
    long bytes(long[] shape) {
        long elements = 1;
        for (long dimension : shape) {
            if (dimension < 0) {
                throw new ArithmeticException("dimension " + dimension);
            }
            elements = Math.multiplyExact(elements, dimension);
        }
        return Math.multiplyExact(elements, (long) bytes);
    }
}
