package dev.belay.state;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * A tensor of a snapshot: copied into staging memory, or still in the live arrays.
 *
 * @param dtype safetensors name
 * @param shape dimensions, row-major
 * @param bytes little-endian content in order; empty if it is in live arrays
 * @param live the arrays, which MUST NOT change before they are written; null if there is a copy
 * @param version the same for the same content under one name in one process; 0 where it is not known
 */
record StagedTensor(
        TensorFile file, String name, String dtype, long[] shape, List<ByteBuffer> bytes, Elements live, long version) {

    StagedTensor(TensorFile file, String name, String dtype, long[] shape, List<ByteBuffer> bytes) {
        this(file, name, dtype, shape, bytes, null, 0);
    }

    /** Returns the size of what is there to be written. */
    long size() {
        return live != null
                ? live.bytes()
                : bytes.stream().mapToLong(ByteBuffer::remaining).sum();
    }
}
