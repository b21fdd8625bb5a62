package bench;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import dev.belay.state.Adapter;
import dev.belay.state.Adapters;
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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A DJL program's state: layers of 16 MiB each, captured through the adapter that Belay ships. */
final class TensorState implements AutoCloseable {

    private static final int WIDTH = 2048;
    private static final int LAYER_MEGABYTES = WIDTH * WIDTH * Float.BYTES >> 20;

    private final Adapters adapters = new Adapters(Adapters.class.getClassLoader());
    private final ObjectPolicy policy = new ObjectPolicy(
            List.of("ai.djl."),
            List.of("com.sun.jna."),
            adapters::loaded,
            c -> adapters.met("djl", c),
            Streams.REFUSED);
    private final Staging staging = new Staging();
    private final Model model;
    private final Trainer trainer;
    private final List<ByteBuffer> views = new ArrayList<>();
    private final ByteBuffer copy;

    TensorState(String engine, int megabytes, int seed) {
        Engine.getEngine(engine).setRandomSeed(seed);
        SequentialBlock block = new SequentialBlock();
        for (int i = 0; i < megabytes / LAYER_MEGABYTES; i++) {
            block.add(Linear.builder().setUnits(WIDTH).optBias(false).build());
        }
        model = Model.newInstance("bench", Device.cpu(), engine);
        model.setBlock(block);
        Optimizer sgd =
                Optimizer.sgd().setLearningRateTracker(Tracker.fixed(0.1f)).build();
        trainer = model.newTrainer(
                new DefaultTrainingConfig(Loss.l2Loss()).optOptimizer(sgd).optDevices(new Device[] {Device.cpu()}));
        trainer.initialize(new Shape(1, WIDTH));
        adapters.born("djl", trainer);
        long bytes = 0;
        for (Parameter p : block.getParameters().values()) {
            views.add(p.getArray().toByteBuffer(true));
            bytes += views.get(views.size() - 1).remaining();
        }
        copy = ByteBuffer.allocateDirect(Math.toIntExact(bytes));
    }

    long bytes() {
        return copy.capacity();
    }

    Snapshot capture() {
        HeapCapture capture = new HeapCapture(policy, staging, TensorFile.DATA);
        int number = capture.local("Tensors.train/trainer", trainer);
        capture.frame(
                new FrameImage("bench/Tensors#train()V", "", 0, 0, List.of("trainer"), new int[] {number}, List.of()));
        adapters.loaded().forEach(a -> a.roots().forEach(capture::root));
        for (Adapter a : adapters.loaded()) {
            a.capture(capture.sink());
        }
        return capture.finish();
    }

    ByteBuffer copy() {
        copy.clear();
        views.forEach(v -> copy.put(v.duplicate()));
        return copy.flip();
    }

    ByteBuffer scratch() {
        return copy.clear();
    }

    /** Reads a checkpoint's tensors straight into the live ones. */
    void restore(Path checkpoint) throws IOException {
        SavedState saved = SavedState.open(checkpoint);
        adapters.loaded().forEach(a -> a.restore(saved));
    }

    /** DJL's own way of keeping parameters: no fsync, no checksums. */
    void save(Path directory) throws IOException {
        model.save(directory, "bench");
    }

    @Override
    public void close() {
        trainer.close();
        model.close();
    }
}
