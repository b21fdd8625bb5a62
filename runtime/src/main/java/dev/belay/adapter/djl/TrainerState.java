package dev.belay.adapter.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterServer;
import ai.djl.training.ParameterStore;
import ai.djl.training.Trainer;
import ai.djl.util.Pair;
import dev.belay.state.CaptureSink;
import dev.belay.state.RestoreSource;
import dev.belay.state.TensorFile;
import dev.belay.state.Unsupported;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tensors of one trainer: parameters, optimizer slots and gradients, by block path. */
final class TrainerState {

    /** Key of a parameter's counts: updates, or -1 before the first; its gradient; number of its slots. */
    private static final String COUNTS = "djl/parameter/";

    private static final String GRADIENT = ".gradient";
    private static final String SERVER_COPY = ".server_copy";
    /** What a parameter's gradient was: a gradient of zeros is not written. */
    private static final int NONE = 0;

    private static final int ZERO = 1;
    private static final int SAVED = 2;
    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(1 << 16).asReadOnlyBuffer();

    private final TensorEngine engine;
    private final Trainer trainer;
    private final ParameterStore store;
    private final OptimizerSlots optimizer;
    private final Map<String, Parameter> parameters = new LinkedHashMap<>();
    private final Map<String, String> aliases = new LinkedHashMap<>();
    private final String prefix;

    TrainerState(Trainer trainer, String prefix, TensorEngine engine) {
        if (trainer.getDevices().length > 1) {
            throw new Unsupported(
                    "trainer of " + trainer.getModel().getName(),
                    "it trains on " + trainer.getDevices().length + " devices; use one, with optDevices");
        }
        engine.check(trainer.getModel().getBlock());
        this.engine = engine;
        this.trainer = trainer;
        this.prefix = prefix;
        this.store = (ParameterStore) PrivateField.get(Trainer.class, "parameterStore", trainer);
        this.optimizer = OptimizerSlots.of(server(), engine);
        name();
    }

    private void name() {
        Map<NDArray, String> paths = new IdentityHashMap<>();
        for (Pair<String, Parameter> p : trainer.getModel().getBlock().getParameters()) {
            if (!p.getValue().isInitialized()) {
                continue; // the forward pass has not met it, so there is nothing to save
            }
            String path = prefix + p.getKey();
            String tied = paths.putIfAbsent(p.getValue().getArray(), path);
            if (tied != null) {
                aliases.put(path, tied);
            } else if (parameters.put(path, p.getValue()) != null) {
                throw new Unsupported("parameter " + path, "two parameters have this path; name blocks differently");
            }
        }
    }

    private ParameterServer server() {
        return (ParameterServer) PrivateField.get(ParameterStore.class, "parameterServer", store);
    }

    void capture(CaptureSink sink) {
        parameters.forEach((path, parameter) -> {
            copy(sink, TensorFile.MODEL, path, parameter.getArray());
            Map<String, NDArray> slots = optimizer.live(parameter.getId());
            slots.forEach((slot, array) -> copy(sink, TensorFile.OPTIMIZER, path + "." + slot, array));
            int gradient = captureGradient(sink, path, parameter);
            sink.value(COUNTS + path, new int[] {optimizer.updates(parameter.getId()), gradient, slots.size()});
            captureServerCopy(sink, path, parameter);
        });
        aliases.forEach((path, of) -> sink.alias(TensorFile.MODEL, path, of));
    }

    /** Between a backward pass and its step, and where an engine keeps them, gradients are state. */
    private int captureGradient(CaptureSink sink, String path, Parameter parameter) {
        if (!parameter.requiresGradient()) {
            return NONE;
        }
        try (NDArray gradient = engine.gradient(parameter.getArray())) {
            if (gradient == null) {
                return NONE;
            }
            String name = path + GRADIENT;
            try (TensorMemory memory = engine.memory(name, gradient)) {
                if (memory.buffers().stream().allMatch(TrainerState::isZero)) {
                    return ZERO;
                }
            }
            copy(sink, TensorFile.OPTIMIZER, name, gradient);
            return SAVED;
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

    /** A server's own copy differs where the program has written to the parameter since the last step. */
    private void captureServerCopy(CaptureSink sink, String path, Parameter parameter) {
        if (!isOnServer(parameter)) {
            return;
        }
        try (NDArray copy = engine.serverCopy(server(), parameter.getId(), parameter.getArray())) {
            if (copy != null && !equal(copy, parameter.getArray())) {
                copy(sink, TensorFile.OPTIMIZER, path + SERVER_COPY, copy);
            }
        }
    }

    private boolean isOnServer(Parameter parameter) {
        Map<?, ?> stored = (Map<?, ?>) PrivateField.get(ParameterStore.class, "parameterMap", store);
        return stored.containsKey(parameter.getId());
    }

    private boolean equal(NDArray a, NDArray b) {
        try (TensorMemory one = engine.memory("", a);
                TensorMemory other = engine.memory("", b)) {
            return one.buffers().equals(other.buffers());
        }
    }

    private void copy(CaptureSink sink, TensorFile file, String name, NDArray array) {
        try (TensorMemory memory = engine.memory(name, array)) {
            String dtype = TensorView.dtype(name, array.getDataType());
            sink.tensor(file, name, dtype, array.getShape().getShape(), memory.buffers());
        }
    }

    void restore(RestoreSource source) {
        checkNames(source);
        renewServer();
        parameters.forEach((path, parameter) -> {
            fill(source, TensorFile.MODEL, path, parameter.getArray());
            int[] counts = (int[]) source.value(COUNTS + path).orElseThrow();
            optimizer.setUpdates(parameter.getId(), counts[0]);
            restoreSlots(source, path, parameter, counts[2]);
            restoreGradient(source, path, parameter, counts[1]);
            if (isOnServer(parameter)) {
                giveToServer(source, path, parameter);
            }
        });
    }

    private void renewServer() {
        ParameterServer old = server();
        ParameterServer renewed = engine.renew(old, OptimizerSlots.optimizer(old, engine));
        if (renewed != old) {
            store.setParameterServer(renewed, trainer.getDevices());
        }
    }

    private void giveToServer(RestoreSource source, String path, Parameter parameter) {
        if (!source.tensors(TensorFile.OPTIMIZER).contains(path + SERVER_COPY)) {
            server().init(parameter.getId(), new NDArray[] {parameter.getArray()});
            return;
        }
        try (NDArray copy = parameter.getArray().duplicate()) {
            fill(source, TensorFile.OPTIMIZER, path + SERVER_COPY, copy);
            server().init(parameter.getId(), new NDArray[] {copy});
        }
    }

    private void restoreGradient(RestoreSource source, String path, Parameter parameter, int saved) {
        if (saved == NONE) {
            return;
        }
        engine.makeGradient(parameter.getArray());
        try (NDArray gradient = engine.gradient(parameter.getArray())) {
            if (saved == SAVED) {
                fill(source, TensorFile.OPTIMIZER, path + GRADIENT, gradient);
            } else {
                clear(path + GRADIENT, gradient);
            }
        }
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

    private void restoreSlots(RestoreSource source, String path, Parameter parameter, int saved) {
        int filled = 0;
        for (String slot : optimizer.names()) {
            String name = path + "." + slot;
            if (source.tensors(TensorFile.OPTIMIZER).contains(name)) {
                fill(source, TensorFile.OPTIMIZER, name, optimizer.slot(slot, parameter));
                filled++;
            } else {
                optimizer.remove(slot, parameter.getId());
            }
        }
        if (filled != saved) {
            throw new Unsupported(
                    "optimizer state of " + path,
                    "the checkpoint had " + saved + " tensors for it, " + filled
                            + " of them fit the program's optimizer;" + " resume with the old program");
        }
    }

    /** Checks before anything is written, so that a foreign program is left as it was. */
    private void checkNames(RestoreSource source) {
        Set<String> saved = new LinkedHashSet<>();
        for (String key : source.keys()) {
            if (key.startsWith(COUNTS + prefix)) {
                saved.add(key.substring(COUNTS.length()));
            }
        }
        for (String path : saved) {
            if (prefix.isEmpty() && !parameters.containsKey(path) && isOthers(source, path)) {
                continue;
            }
            if (!parameters.containsKey(path)) {
                throw new Unsupported(
                        "parameter " + path,
                        "the checkpoint has it, the restarted program has not made it before its loop; call"
                                + " trainer.initialize(shapes) before training, or resume with the old program");
            }
        }
        for (String path : parameters.keySet()) {
            if (!saved.contains(path)) {
                throw new Unsupported(
                        "parameter " + path, "the program has it, the checkpoint has not; resume with the old program");
            }
        }
    }

    private static boolean isOthers(RestoreSource source, String path) {
        String names = (String) source.value(DjlAdapter.TRAINERS).orElse("");
        return List.of(names.split("\n")).stream().skip(1).anyMatch(name -> path.startsWith(name + "/"));
    }

    private void fill(RestoreSource source, TensorFile file, String name, NDArray array) {
        String dtype = TensorView.dtype(name, array.getDataType());
        long[] shape = array.getShape().getShape();
        if (!dtype.equals(source.dtype(file, name)) || !Arrays.equals(shape, source.shape(file, name))) {
            throw new Unsupported(
                    name,
                    "the checkpoint has " + source.dtype(file, name) + Arrays.toString(source.shape(file, name))
                            + ", the program " + dtype + Arrays.toString(shape) + "; resume with the old program");
        }
        try (TensorMemory memory = engine.memory(name, array)) {
            source.read(file, name, memory.buffers());
            memory.written();
        }
    }
}
