package dev.belay.adapter.djl;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.util.NativeResource;
import dev.belay.state.CaptureSink;
import dev.belay.state.Contents;
import dev.belay.state.RestoreSource;
import dev.belay.state.TensorFile;
import dev.belay.state.Unsupported;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tensors that the program holds outside of its trained parameters. One that the restarted program lacks is made in the
 * manager of the trainer or model where the saved one was; all that shared another manager share a new one below the
 * first trainer's, so that they live as long as it.
 */
final class LooseTensors implements Contents {

    private final ProgramTensors program;
    private final Map<String, NDManager> made = new HashMap<>();
    private RestoreSource restoring;

    LooseTensors(ProgramTensors program) {
        this.program = program;
    }

    @Override
    public boolean holds(Object o) {
        return o instanceof NDArray;
    }

    @Override
    public void capture(Object o, String key, TensorFile file, String name, CaptureSink sink) {
        NDArray array = (NDArray) o;
        Engine engine = array.getManager().getEngine();
        program.use(engine);
        program.start(sink);
        SavedTensor saved;
        if (isClosed(array)) {
            saved = SavedTensor.closed(engine.getEngineName());
        } else if (program.parameterName(array) != null) {
            saved = SavedTensor.parameter(engine.getEngineName(), program.parameterName(array));
        } else {
            saved = captureTensor(array, file, name, sink);
        }
        sink.value(key, saved.text());
    }

    private SavedTensor captureTensor(NDArray array, TensorFile file, String name, CaptureSink sink) {
        TensorEngine tensors = program.tensors();
        boolean inner = tensors.isInner(array);
        if (inner && tensors.isRecording()) {
            throw new Unsupported(
                    name,
                    "a gradient collector is open, and the tensor may be part of what it records; close the collector"
                            + " before the loop's head, or make the tensor unreachable there");
        }
        tensors.settle();
        TensorCopies copies = new TensorCopies(tensors);
        Layout layout = copies.copyDense(sink, file, name, array);
        boolean trained = array.hasGradient() && !inner;
        int gradient = trained ? copies.captureGradient(sink, file, name, array) : TensorCopies.NO_GRADIENT;
        program.remember(name, array);
        return new SavedTensor(
                SavedTensor.Kind.TENSOR,
                array.getManager().getEngine().getEngineName(),
                file.name(),
                name,
                program.ownerName(array.getManager()),
                trained,
                gradient,
                layout,
                array.getName());
    }

    private static boolean isClosed(NDArray array) {
        return array instanceof NativeResource<?> n && n.isReleased();
    }

    /** Nothing else of the program may share its memory, unless it holds what was saved already. */
    @Override
    public boolean fits(Object live, String key, RestoreSource source) {
        SavedTensor saved = saved(key, source);
        NDArray array = (NDArray) live;
        if (saved.kind() == SavedTensor.Kind.PARAMETER) {
            return array == program.parameter(saved.name());
        } else if (saved.kind() == SavedTensor.Kind.CLOSED || isClosed(array)) {
            return false;
        }
        Optional<Layout> layout = program.engine() == array.getManager().getEngine()
                ? program.tensors().layout(array)
                : Optional.empty();
        if (layout.isEmpty()
                || !layout.get().order().equals(saved.layout().order())
                || program.tensors().isInner(array)) {
            return false;
        }
        try (Layout.Dense dense = layout.get().dense(array)) {
            return TensorCopies.fits(source, saved.tensorFile(), saved.name(), dense.array())
                    && (!program.isShared(array)
                            || new TensorCopies(program.tensors())
                                    .holds(source, saved.tensorFile(), saved.name(), dense.array()));
        }
    }

    @Override
    public Object make(String key, RestoreSource source) {
        SavedTensor saved = saved(key, source);
        if (saved.kind() == SavedTensor.Kind.PARAMETER) {
            return program.parameter(saved.name());
        } else if (saved.kind() == SavedTensor.Kind.CLOSED) {
            return closed();
        }
        if (source != restoring) {
            restoring = source;
            made.clear();
        }
        NDManager owner = made.computeIfAbsent(saved.owner(), program::owner);
        DataType type = TensorView.type(source.dtype(saved.tensorFile(), saved.name()));
        return saved.layout().zeros(owner, new Shape(source.shape(saved.tensorFile(), saved.name())), type);
    }

    private NDArray closed() {
        try (NDManager manager = program.engine().newBaseManager()) {
            return manager.create(0f);
        }
    }

    @Override
    public void restore(Object live, String key, RestoreSource source) {
        SavedTensor saved = saved(key, source);
        if (saved.kind() != SavedTensor.Kind.TENSOR) {
            return;
        }
        NDArray array = (NDArray) live;
        program.tensors().settle();
        TensorCopies copies = new TensorCopies(program.tensors());
        copies.fillDense(source, saved.tensorFile(), saved.name(), array, saved.layout());
        if (array.hasGradient() != saved.trained()) {
            array.setRequiresGradient(saved.trained());
        }
        copies.restoreGradient(source, saved.tensorFile(), saved.name(), array, saved.gradient());
        array.setName(saved.label());
        program.remember(saved.name(), array);
    }

    private SavedTensor saved(String key, RestoreSource source) {
        SavedTensor saved = SavedTensor.of((String) source.value(key).orElseThrow());
        program.use(Engine.getEngine(saved.engine()));
        program.start(source);
        return saved;
    }
}
