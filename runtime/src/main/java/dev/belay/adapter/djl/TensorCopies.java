package dev.belay.adapter.djl;

import ai.djl.ndarray.NDArray;
import dev.belay.state.CaptureSink;
import dev.belay.state.RestoreSource;
import dev.belay.state.TensorFile;
import dev.belay.state.Unsupported;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Copies tensors and their gradients into a checkpoint, and back into the tensors' own memory. */
final class TensorCopies {

    /** What a gradient was. One of zeros is not written. */
    static final int NO_GRADIENT = 0;

    static final int ZERO_GRADIENT = 1;
    static final int SAVED_GRADIENT = 2;

    private static final String GRADIENT = ".gradient";
    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(1 << 16).asReadOnlyBuffer();

    private final TensorEngine engine;

    TensorCopies(TensorEngine engine) {
        this.engine = engine;
    }

    void copy(CaptureSink sink, TensorFile file, String name, NDArray array) {
        try (TensorMemory memory = engine.memory(name, array)) {
            String dtype = TensorView.dtype(name, array.getDataType());
            sink.tensor(file, name, dtype, array.getShape().getShape(), memory.buffers());
        }
    }

    /** Copies a tensor as it lies in memory; returns how that is. */
    Layout copyDense(CaptureSink sink, TensorFile file, String name, NDArray array) {
        Layout layout = engine.layout(array).orElse(Layout.ROW_MAJOR); // what has none is refused by its name
        try (Layout.Dense dense = layout.dense(array)) {
            copy(sink, file, name, dense.array());
        }
        return layout;
    }

    void fillDense(RestoreSource source, TensorFile file, String name, NDArray array, Layout layout) {
        try (Layout.Dense dense = layout.dense(array)) {
            fill(source, file, name, dense.array());
        }
    }

    static boolean fits(RestoreSource source, TensorFile file, String name, NDArray array) {
        return TensorView.dtype(name, array.getDataType()).equals(source.dtype(file, name))
                && Arrays.equals(array.getShape().getShape(), source.shape(file, name));
    }

    void fill(RestoreSource source, TensorFile file, String name, NDArray array) {
        if (!fits(source, file, name, array)) {
            throw new Unsupported(
                    name,
                    "the checkpoint has " + source.dtype(file, name) + Arrays.toString(source.shape(file, name))
                            + ", the program " + array.getDataType() + array.getShape()
                            + "; resume with the old program");
        }
        try (TensorMemory memory = engine.memory(name, array)) {
            source.read(file, name, memory.buffers());
            memory.written();
        }
    }

    /** Returns whether a tensor has the very bits that were saved. */
    boolean holds(RestoreSource source, TensorFile file, String name, NDArray array) {
        try (TensorMemory memory = engine.memory(name, array)) {
            List<ByteBuffer> saved = new ArrayList<>();
            memory.buffers().forEach(b -> saved.add(ByteBuffer.allocateDirect(b.remaining())));
            source.read(file, name, saved.stream().map(ByteBuffer::duplicate).toList());
            return memory.buffers().equals(saved);
        }
    }

    /** Between a backward pass and its step, and where an engine keeps them, gradients are state. */
    int captureGradient(CaptureSink sink, TensorFile file, String name, NDArray array) {
        try (NDArray gradient = engine.gradient(array)) {
            if (gradient == null) {
                return NO_GRADIENT;
            } else if (isZero(name + GRADIENT, gradient)) {
                return ZERO_GRADIENT;
            }
            copy(sink, file, name + GRADIENT, gradient);
            return SAVED_GRADIENT;
        }
    }

    void restoreGradient(RestoreSource source, TensorFile file, String name, NDArray array, int saved) {
        if (saved == NO_GRADIENT) {
            refuseGradient(name, array);
            return;
        }
        engine.makeGradient(array);
        try (NDArray gradient = engine.gradient(array)) {
            if (saved == SAVED_GRADIENT) {
                fill(source, file, name + GRADIENT, gradient);
            } else {
                clear(name + GRADIENT, gradient);
            }
        }
    }

    /** It can be cleared but not taken away, and to add -0 to 0 is another thing than to begin with it. */
    private void refuseGradient(String name, NDArray array) {
        try (NDArray gradient = array.hasGradient() ? engine.gradient(array) : null) {
            if (gradient != null) {
                throw new Unsupported(
                        name,
                        "the restarted program has a gradient for it before the loop, the saved one had none; resume"
                                + " with the old program");
            }
        }
    }

    boolean equal(NDArray a, NDArray b) {
        try (TensorMemory one = engine.memory("a tensor", a);
                TensorMemory other = engine.memory("a tensor", b)) {
            return one.buffers().equals(other.buffers());
        }
    }

    private boolean isZero(String name, NDArray array) {
        try (TensorMemory memory = engine.memory(name, array)) {
            return memory.buffers().stream().allMatch(TensorCopies::isZero);
        }
    }

    private static boolean isZero(ByteBuffer buffer) {
        for (int at = 0; at < buffer.limit(); at += ZEROS.limit()) {
            int length = Math.min(ZEROS.limit(), buffer.limit() - at);
            if (!buffer.slice(at, length).equals(ZEROS.slice(0, length))) {
                return false;
            }
        }
        return true;
    }

    private void clear(String name, NDArray array) {
        try (TensorMemory memory = engine.memory(name, array)) {
            for (ByteBuffer buffer : memory.buffers()) {
                while (buffer.hasRemaining()) {
                    buffer.put(ZEROS.slice(0, Math.min(ZEROS.limit(), buffer.remaining())));
                }
            }
            memory.written();
        }
    }
}
