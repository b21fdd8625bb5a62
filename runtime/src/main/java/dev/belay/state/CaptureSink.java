package dev.belay.state;

import java.nio.ByteBuffer;
import java.util.List;

/** Takes an adapter's state during a capture. Everything is copied before the capturing call returns. */
public interface CaptureSink {

    /**
     * @param name unique in its file
     * @param dtype safetensors name: F64 F32 F16 BF16 I64 I32 I16 I8 U8 BOOL
     * @param shape dimensions, row-major; empty for a scalar
     * @param views little-endian bytes in order; several where one buffer cannot hold them (2 GiB)
     */
    void tensor(TensorFile file, String name, String dtype, long[] shape, List<ByteBuffer> views);

    /** Declares that {@code name} is the same memory as the tensor {@code of}. */
    void alias(TensorFile file, String name, String of);

    /** Adds a small value: String, Integer, Long, Float, Double, Boolean, byte[], int[], long[], float[], double[]. */
    void value(String key, Object value);
}
