package dev.belay.adapter.djl;

import java.nio.ByteBuffer;
import java.util.List;

/** A tensor's elements in row-major order, as little-endian buffers that MUST not be used after {@link #close}. */
interface TensorMemory extends AutoCloseable {

    List<ByteBuffer> buffers();

    /** Says that all buffers were written: where they are a copy, the tensor takes it. */
    void written();

    @Override
    void close();
}
