package bench;

import dev.belay.state.FrameImage;
import dev.belay.state.HeapCapture;
import dev.belay.state.ObjectPolicy;
import dev.belay.state.SavedState;
import dev.belay.state.Snapshot;
import dev.belay.state.Staging;
import dev.belay.state.Streams;
import dev.belay.state.TensorFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A plain program's state: arrays of doubles of 2 MiB each, in one local. */
final class PlainState {

    private static final int ARRAY_LENGTH = 1 << 18;
    private static final String METHOD = "bench/Plain#train()V";

    private final ObjectPolicy policy = new ObjectPolicy(List.of(), List.of(), List::of, type -> {}, Streams.REFUSED);
    private final Staging staging = new Staging();
    private final double[][] weights;
    private final ByteBuffer copy;

    PlainState(int megabytes, Random random) {
        weights = new double[megabytes * (1 << 20) / (ARRAY_LENGTH * Double.BYTES)][ARRAY_LENGTH];
        for (double[] w : weights) {
            java.util.Arrays.setAll(w, i -> random.nextDouble());
        }
        copy = ByteBuffer.allocateDirect(megabytes << 20).order(ByteOrder.LITTLE_ENDIAN);
    }

    long bytes() {
        return copy.capacity();
    }

    /** Captures as the engine does, into memory that is used again. The arrays have changed since the capture before. */
    Snapshot capture() {
        weights[0][0]++;
        HeapCapture capture = new HeapCapture(policy, staging, TensorFile.MODEL);
        int number = capture.local("Plain.train/weights", weights);
        capture.frame(new FrameImage(METHOD, "", 0, 0, List.of("weights"), new int[] {number}, List.of()));
        return capture.finish();
    }

    /** Copies the same bytes into one buffer that is used again; returns it, to be read. */
    ByteBuffer copy() {
        copy.clear();
        for (double[] w : weights) {
            copy.slice(copy.position(), ARRAY_LENGTH * Double.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asDoubleBuffer()
                    .put(w);
            copy.position(copy.position() + ARRAY_LENGTH * Double.BYTES);
        }
        return copy.flip();
    }

    /** Reads a checkpoint into the arrays as a resume does. */
    void restore(Path checkpoint) throws IOException {
        SavedState saved = SavedState.open(checkpoint);
        Object[] locals = saved.restore(policy, PlainState.class.getClassLoader())
                .resume(saved.frames().get(0), new Object[] {weights}, Map.of());
        if (locals[0] != weights) {
            throw new IllegalStateException("the arrays were not filled in place");
        }
    }

    double[] sample() {
        return weights[weights.length - 1];
    }

    /** A buffer to read files into. */
    ByteBuffer scratch() {
        return copy.clear();
    }
}
