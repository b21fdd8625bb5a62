package dev.belay.state;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Gives an adapter what its {@link CaptureSink} took. */
public interface RestoreSource {

    /** Returns the names of the tensors (aliases excepted) in a file. */
    Set<String> tensors(TensorFile file);

    /** Returns the shape of a tensor, in elements. */
    long[] shape(TensorFile file, String name);

    /** Returns the safetensors dtype of a tensor. */
    String dtype(TensorFile file, String name);

    /**
     * Reads a tensor straight into memory.
     *
     * @param destination little-endian buffers in order, together exactly as long as the tensor
     */
    void read(TensorFile file, String name, List<ByteBuffer> destination);

    /** Returns a small value. */
    Optional<Object> value(String key);

    /** Returns all keys of values. */
    Set<String> keys();
}
