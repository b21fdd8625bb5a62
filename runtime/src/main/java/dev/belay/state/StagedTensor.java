package dev.belay.state;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * A tensor copied into staging memory.
 *
 * @param dtype safetensors name
 * @param shape dimensions, row-major
 * @param bytes little-endian content in order
 */
record StagedTensor(TensorFile file, String name, String dtype, long[] shape, List<ByteBuffer> bytes) {}
