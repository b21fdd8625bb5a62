package dev.belay.adapter.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import ai.djl.training.Trainer;
import ai.djl.util.Pair;
import dev.belay.state.CaptureSink;
import dev.belay.state.RestoreSource;
import dev.belay.state.TensorFile;
import dev.belay.state.Unsupported;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tensors of one trainer: parameters and optimizer slots, by block path. */
final class TrainerState {

    /** Key of a parameter's counts: updates, or -1 before the first; whether it has a gradient; number of its slots. */
    private static final String COUNTS = "djl/parameter/";

    private final Trainer trainer;
    private final OptimizerSlots optimizer;
    private final Map<String, Parameter> parameters = new LinkedHashMap<>();
    private final Map<String, String> aliases = new LinkedHashMap<>();
    private final String prefix;

    TrainerState(Trainer trainer, String prefix) {
        PyTorch.require(trainer.getManager().getEngine());
        if (trainer.getDevices().length > 1) {
            throw new Unsupported(
                    "trainer of " + trainer.getModel().getName(),
                    "it trains on " + trainer.getDevices().length + " devices; use one, with optDevices");
        }
        this.trainer = trainer;
        this.prefix = prefix;
        this.optimizer = OptimizerSlots.of(trainer);
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

    void capture(CaptureSink sink, boolean checkGradients) {
        parameters.forEach((path, parameter) -> {
            boolean gradient = parameter.requiresGradient() && PyTorch.hasGradient(parameter.getArray());
            if (checkGradients && gradient && !PyTorch.isGradientZero(parameter.getArray())) {
                throw new Unsupported(
                        "gradient of " + path,
                        "it is not zero after a step of another trainer, and gradients are not saved yet; step each"
                                + " trainer right after its backward pass");
            }
            copy(sink, TensorFile.MODEL, path, parameter.getArray());
            Map<String, NDArray> slots = optimizer.live(parameter.getId());
            slots.forEach((slot, array) -> copy(sink, TensorFile.OPTIMIZER, path + "." + slot, array));
            sink.value(COUNTS + path, new int[] {optimizer.updates(parameter.getId()), gradient ? 1 : 0, slots.size()});
        });
        aliases.forEach((path, of) -> sink.alias(TensorFile.MODEL, path, of));
    }

    private static void copy(CaptureSink sink, TensorFile file, String name, NDArray array) {
        try (TensorView view = TensorView.of(name, array, TensorView.BUFFER_BYTES)) {
            String dtype = TensorView.dtype(name, array.getDataType());
            sink.tensor(file, name, dtype, array.getShape().getShape(), view.buffers());
        }
    }

    void restore(RestoreSource source) {
        checkNames(source);
        parameters.forEach((path, parameter) -> {
            fill(source, TensorFile.MODEL, path, parameter.getArray());
            int[] counts = (int[]) source.value(COUNTS + path).orElseThrow();
            optimizer.setUpdates(parameter.getId(), counts[0]);
            restoreSlots(source, path, parameter, counts[2]);
            if (counts[1] != 0) {
                PyTorch.zeroGradient(parameter.getArray());
            }
        });
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

    private static void fill(RestoreSource source, TensorFile file, String name, NDArray array) {
        String dtype = TensorView.dtype(name, array.getDataType());
        long[] shape = array.getShape().getShape();
        if (!dtype.equals(source.dtype(file, name)) || !Arrays.equals(shape, source.shape(file, name))) {
            throw new Unsupported(
                    name,
                    "the checkpoint has " + source.dtype(file, name) + Arrays.toString(source.shape(file, name))
                            + ", the program " + dtype + Arrays.toString(shape) + "; resume with the old program");
        }
        try (TensorView view = TensorView.of(name, array, TensorView.BUFFER_BYTES)) {
            source.read(file, name, view.buffers());
        }
    }
}
