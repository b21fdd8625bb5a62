package dev.belay.adapter.djl;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.util.NativeResource;
import ai.djl.util.Pair;
import dev.belay.state.CaptureSink;
import dev.belay.state.RestoreSource;
import dev.belay.state.Unsupported;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the program has on its engine: trained parameters, data sets, and tensors of its own. */
final class ProgramTensors {

    private static final String TRAINER = "trainer/";
    private static final String MODEL = "model/";
    private static final String OTHER = "other/";
    private static final String SHAPES = "djl/shapes/";

    private final OpenTrainers trainers;
    private final List<WeakReference<ArrayDataset>> datasets = new ArrayList<>();
    private final Map<NDArray, String> loose = new IdentityHashMap<>();
    private final Map<NDManager, String> owners = new IdentityHashMap<>();
    private Engine met;
    private Engine engine;
    private TensorEngine tensors;
    private Object checkpoint;
    private Map<NDArray, String> parameterNames;
    private Map<String, NDArray> prepared;
    private SharedMemory occupied;

    ProgramTensors(OpenTrainers trainers) {
        this.trainers = trainers;
    }

    void use(Engine found) {
        if (engine == null) {
            tensors = TensorEngine.of(found);
            engine = found;
        } else if (engine != found) {
            throw new Unsupported(
                    "DJL engine " + found.getEngineName(),
                    "the program uses " + engine.getEngineName() + " too; use one engine");
        }
    }

    /** An engine was made; it is the program's if none is seen at work. */
    void meet(Engine made) {
        if (engine == null && TensorEngine.isKnown(made)) {
            met = made;
        }
    }

    /** Returns the engine, or null if the program has shown none yet. */
    Engine engine() {
        if (engine == null && met != null) {
            use(met);
        }
        return engine;
    }

    TensorEngine tensors() {
        return tensors;
    }

    void born(ArrayDataset dataset) {
        datasets.add(new WeakReference<>(dataset));
    }

    /**
     * Forgets what an earlier capture or restore found, also one that was given up.
     *
     * @param current the sink or the source of the one that is under way
     */
    void start(Object current) {
        if (checkpoint != current) {
            checkpoint = current;
            loose.clear();
            owners.clear();
            parameterNames = null;
            prepared = null;
            occupied = null;
        }
    }

    void remember(String name, NDArray array) {
        loose.put(array, name);
    }

    private Map<String, NDArray> parameters() {
        if (prepared != null) {
            return prepared; // while objects are filled, blocks cannot be asked
        }
        Map<String, NDArray> parameters = new LinkedHashMap<>();
        trainers.byPrefix().forEach((prefix, trainer) -> {
            for (Pair<String, Parameter> p : trainer.getModel().getBlock().getParameters()) {
                if (p.getValue().isInitialized()) {
                    parameters.put(prefix + p.getKey(), p.getValue().getArray());
                }
            }
        });
        return parameters;
    }

    /** Returns the name of the trained parameter that a tensor is, or null. */
    String parameterName(NDArray array) {
        if (parameterNames == null) {
            parameterNames = new IdentityHashMap<>();
            parameters().forEach((name, a) -> parameterNames.putIfAbsent(a, name));
        }
        return parameterNames.get(array);
    }

    /** Returns a trained parameter's tensor, or null if there is none of this name. */
    NDArray parameter(String name) {
        return parameters().get(name);
    }

    void saveShapes(CaptureSink sink) {
        trainers.byPrefix().forEach((prefix, trainer) -> {
            Block block = trainer.getModel().getBlock();
            if (block.isInitialized()) {
                sink.value(SHAPES + trainer.getModel().getName(), InputShapes.text(block.getInputShapes()));
            }
        });
    }

    /** Makes the parameters that the saved program had, and this one would make in its first forward pass. */
    void prepare(RestoreSource source) {
        start(source);
        prepared = null;
        occupied = null;
        trainers.byPrefix().forEach((prefix, trainer) -> {
            String shapes =
                    (String) source.value(SHAPES + trainer.getModel().getName()).orElse("");
            Block block = trainer.getModel().getBlock();
            if (!shapes.isEmpty() && !block.isInitialized()) {
                // as a forward pass would, in the trainer's manager; then the trainer takes them
                block.initialize(trainer.getManager(), DataType.FLOAT32, InputShapes.of(shapes));
                trainer.initialize(InputShapes.of(shapes));
            }
        });
        prepared = parameters();
    }

    String ownerName(NDManager manager) {
        for (Map.Entry<String, Trainer> t : trainers.byPrefix().entrySet()) {
            if (t.getValue().getManager() == manager) {
                return TRAINER + t.getKey();
            } else if (t.getValue().getModel().getNDManager() == manager) {
                return MODEL + t.getKey();
            }
        }
        return owners.computeIfAbsent(manager, m -> OTHER + owners.size());
    }

    NDManager owner(String name) {
        Map<String, Trainer> open = trainers.byPrefix();
        for (Map.Entry<String, Trainer> t : open.entrySet()) {
            if (name.equals(TRAINER + t.getKey())) {
                return t.getValue().getManager();
            } else if (name.equals(MODEL + t.getKey())) {
                return t.getValue().getModel().getNDManager();
            }
        }
        return open.values().stream()
                .findFirst()
                .map(t -> t.getManager().newSubManager())
                .orElseGet(engine::newBaseManager);
    }

    /** Returns whether a trained parameter, a gradient or a data set has this memory. */
    boolean isShared(NDArray array) {
        if (occupied == null) {
            occupied = trained();
            for (WeakReference<ArrayDataset> w : datasets) {
                addArrays(w.get(), "data");
                addArrays(w.get(), "labels");
            }
        }
        return occupied.overlaps(array);
    }

    private void addArrays(ArrayDataset dataset, String field) {
        NDArray[] arrays = dataset == null ? null : (NDArray[]) PrivateField.get(ArrayDataset.class, field, dataset);
        if (arrays != null) {
            for (NDArray a : arrays) {
                if (a instanceof NativeResource<?> n
                        && !n.isReleased()
                        && a.getManager().getEngine() == engine) {
                    occupied.add("a data set", a, false);
                }
            }
        }
    }

    private SharedMemory trained() {
        SharedMemory memory = new SharedMemory(tensors);
        parameters().forEach((name, array) -> {
            memory.add(name, array, false);
            if (array.hasGradient()) {
                try (NDArray gradient = tensors.gradient(array)) {
                    if (gradient != null) {
                        memory.add("the gradient of " + name, gradient, false);
                    }
                }
            }
        });
        return memory;
    }

    void refuseShared() {
        if (!loose.isEmpty()) {
            SharedMemory memory = trained();
            loose.forEach((array, name) -> memory.add(name, array, true));
            loose.clear(); // to hold them longer would keep their memory
            memory.refuseOverlaps();
        }
    }
}
