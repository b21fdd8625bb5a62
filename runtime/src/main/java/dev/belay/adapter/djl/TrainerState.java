package dev.belay.adapter.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SymbolBlock;
import ai.djl.training.ParameterServer;
import ai.djl.training.ParameterStore;
import ai.djl.training.Trainer;
import ai.djl.util.Pair;
import dev.belay.state.CaptureSink;
import dev.belay.state.RestoreSource;
import dev.belay.state.TensorFile;
import dev.belay.state.Unsupported;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tensors of one trainer: parameters, optimizer slots and gradients, by block path. */
final class TrainerState {

    /** Key of a parameter's counts: updates, or -1 before the first; its gradient; number of its slots; 0: frozen. */
    private static final String COUNTS = "djl/parameter/";

    private static final String SERVER_COPY = ".server_copy";

    private final TensorEngine engine;
    private final TensorCopies tensors;
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
        refuseSymbols(trainer.getModel().getBlock());
        engine.check(trainer.getModel().getBlock());
        this.engine = engine;
        this.tensors = new TensorCopies(engine);
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

    private static void refuseSymbols(Block block) {
        if (block instanceof SymbolBlock) {
            throw new Unsupported(
                    "block " + block.getClass().getSimpleName(),
                    "a network that was loaded as a script or symbol has state which cannot be read; build it from"
                            + " DJL's blocks and load its parameters");
        }
        block.getChildren().values().forEach(TrainerState::refuseSymbols);
    }

    private ParameterServer server() {
        return (ParameterServer) PrivateField.get(ParameterStore.class, "parameterServer", store);
    }

    void capture(CaptureSink sink) {
        parameters.forEach((path, parameter) -> {
            tensors.copy(sink, TensorFile.MODEL, path, parameter.getArray());
            Map<String, NDArray> slots = optimizer.live(parameter.getId());
            slots.forEach((slot, array) -> tensors.copy(sink, TensorFile.OPTIMIZER, path + "." + slot, array));
            int gradient = parameter.requiresGradient()
                    ? tensors.captureGradient(sink, TensorFile.OPTIMIZER, path, parameter.getArray())
                    : TensorCopies.NO_GRADIENT;
            int trained = parameter.getArray().hasGradient() ? 1 : 0;
            sink.value(
                    COUNTS + path, new int[] {optimizer.updates(parameter.getId()), gradient, slots.size(), trained});
            captureServerCopy(sink, path, parameter);
        });
        aliases.forEach((path, of) -> sink.alias(TensorFile.MODEL, path, of));
        sink.value(BlockTemplate.KEY + prefix, BlockTemplate.of(trainer.getModel(), paths()));
    }

    private Map<Parameter, String> paths() {
        Map<Parameter, String> paths = new IdentityHashMap<>();
        for (Pair<String, Parameter> p : trainer.getModel().getBlock().getParameters()) {
            paths.putIfAbsent(p.getValue(), prefix + p.getKey());
        }
        return paths;
    }

    /** A server's own copy differs where the program has written to the parameter since the last step. */
    private void captureServerCopy(CaptureSink sink, String path, Parameter parameter) {
        if (!isOnServer(parameter)) {
            return;
        }
        try (NDArray copy = engine.serverCopy(server(), parameter.getId(), parameter.getArray())) {
            if (copy != null && !tensors.equal(copy, parameter.getArray())) {
                tensors.copy(sink, TensorFile.OPTIMIZER, path + SERVER_COPY, copy);
            }
        }
    }

    private boolean isOnServer(Parameter parameter) {
        Map<?, ?> stored = (Map<?, ?>) PrivateField.get(ParameterStore.class, "parameterMap", store);
        return stored.containsKey(parameter.getId());
    }

    void restore(RestoreSource source) {
        checkNames(source);
        renewServer();
        parameters.forEach((path, parameter) -> {
            tensors.fill(source, TensorFile.MODEL, path, parameter.getArray());
            int[] counts = (int[]) source.value(COUNTS + path).orElseThrow();
            optimizer.setUpdates(parameter.getId(), counts[0]);
            restoreSlots(source, path, parameter, counts[2]);
            freeze(parameter.getArray(), counts[3] == 0);
            tensors.restoreGradient(source, TensorFile.OPTIMIZER, path, parameter.getArray(), counts[1]);
            if (isOnServer(parameter)) {
                giveToServer(source, path, parameter);
            }
        });
    }

    /** Fills the parameters alone; returns how many there are. Checks first, so that another model is left as it was. */
    int loadParameters(RestoreSource source) {
        for (String path : parameters.keySet()) {
            if (!source.tensors(TensorFile.MODEL).contains(path)) {
                throw new Unsupported(
                        "parameter " + path,
                        "the program has it, the best checkpoint has not; keep the model as it is while it trains");
            }
        }
        renewServer();
        parameters.forEach((path, parameter) -> {
            tensors.fill(source, TensorFile.MODEL, path, parameter.getArray());
            if (isOnServer(parameter)) {
                server().init(parameter.getId(), new NDArray[] {parameter.getArray()});
            }
        });
        return parameters.size();
    }

    private static void freeze(NDArray array, boolean frozen) {
        if (array.hasGradient() == frozen) {
            array.setRequiresGradient(!frozen);
        }
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
            tensors.fill(source, TensorFile.OPTIMIZER, path + SERVER_COPY, copy);
            server().init(parameter.getId(), new NDArray[] {copy});
        }
    }

    private void restoreSlots(RestoreSource source, String path, Parameter parameter, int saved) {
        int filled = 0;
        for (String slot : optimizer.names()) {
            String name = path + "." + slot;
            if (source.tensors(TensorFile.OPTIMIZER).contains(name)) {
                tensors.fill(source, TensorFile.OPTIMIZER, name, optimizer.slot(slot, parameter));
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
}
