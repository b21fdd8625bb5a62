package dev.belay.adapter.djl;

import ai.djl.mxnet.engine.MxNDArray;
import ai.djl.mxnet.engine.MxParameterServer;
import ai.djl.mxnet.jna.JnaUtils;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.Block;
import ai.djl.nn.recurrent.RecurrentBlock;
import ai.djl.training.ParameterServer;
import ai.djl.training.optimizer.Optimizer;
import dev.belay.state.Unsupported;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is special to the engine MXNet. With {@link MxNetGenerator} and {@link MxNetMemory} the only classes that link
 * against it. A backward pass writes gradients, it does not add to them; they stay after a step.
 */
final class MxNet implements TensorEngine {

    private static final String RANDOM = "mxnet.random";
    private static final String PARALLEL_RANDOM = "mxnet.parallel_random";

    private final Map<String, MxNetGenerator> generators = new LinkedHashMap<>();

    MxNet() {
        generators.put(RANDOM, MxNetGenerator.SEQUENTIAL);
        generators.put(PARALLEL_RANDOM, MxNetGenerator.PARALLEL);
    }

    @Override
    public Map<String, String> fingerprint() {
        Map<String, String> facts = new TreeMap<>();
        facts.put("djl.mxnet.library", String.valueOf(JnaUtils.getVersion()));
        facts.put("djl.mxnet.local_server", String.valueOf(Boolean.getBoolean("ai.djl.use_local_parameter_server")));
        for (String variable : new String[] {"OMP_NUM_THREADS", "MXNET_ENGINE_TYPE"}) {
            facts.put(
                    "env." + variable,
                    Optional.ofNullable(System.getenv(variable)).orElse(""));
        }
        return facts;
    }

    @Override
    public void settle() {
        JnaUtils.waitAll();
    }

    @Override
    public void check(Block network) {
        if (network instanceof RecurrentBlock
                && (float) PrivateField.get(RecurrentBlock.class, "dropRate", network) > 0) {
            throw new Unsupported(
                    "dropout of " + network.getClass().getSimpleName(),
                    "MXNet's recurrent layers do not draw it from a generator that can be read; use optDropRate(0) and a"
                            + " Dropout block");
        }
        network.getChildren().values().forEach(this::check);
    }

    @Override
    public Map<String, byte[]> generators(NDManager manager) {
        Map<String, byte[]> states = new LinkedHashMap<>();
        generators.forEach((name, generator) -> states.put(name, generator.state()));
        return states;
    }

    @Override
    public void setGenerator(NDManager manager, String name, byte[] state) {
        generators.get(name).set(state);
    }

    @Override
    public TensorMemory memory(String name, NDArray array) {
        return new MxNetMemory(name, (MxNDArray) array);
    }

    @Override
    public NDArray gradient(NDArray parameter) {
        return parameter.hasGradient() ? parameter.getGradient() : null;
    }

    @Override
    public void makeGradient(NDArray parameter) {
        parameter.setRequiresGradient(true);
    }

    @Override
    public long address(NDArray array) {
        return MxNetGenerator.address(((MxNDArray) array).getHandle());
    }

    @Override
    public boolean drawsPerThread() {
        return true;
    }

    /** To turn a tensor copies it, so all are in row-major order. */
    @Override
    public Optional<Layout> layout(NDArray array) {
        boolean dense = !array.getDevice().isGpu() && array.getSparseFormat() == SparseFormat.DENSE;
        return dense ? Optional.of(Layout.ROW_MAJOR) : Optional.empty();
    }

    /** MXNet does not say; a tensor that has a gradient of its own is none. */
    @Override
    public boolean isInner(NDArray array) {
        return isRecording() && !array.hasGradient();
    }

    @Override
    public boolean isRecording() {
        return JnaUtils.autogradIsRecording();
    }

    @Override
    public boolean isCollecting() {
        return isRecording();
    }

    @Override
    public Optimizer optimizer(ParameterServer server) {
        if (!(server instanceof MxParameterServer)) {
            throw new Unsupported(
                    "parameter server " + server.getClass().getName(),
                    "only DJL's own for one machine and MXNet's are known; use one of them");
        }
        Object callback = PrivateField.get(MxParameterServer.class, "callback", server);
        return (Optimizer) PrivateField.get(callback.getClass(), "optimizer", callback);
    }

    /** MXNet's server updates a copy of its own, and overwrites the parameter with it. */
    @Override
    public NDArray serverCopy(ParameterServer server, String id, NDArray parameter) {
        if (!(server instanceof MxParameterServer own)) {
            return null;
        }
        NDArray copy = parameter.getManager().zeros(parameter.getShape(), parameter.getDataType());
        JnaUtils.parameterStorePull(own.getHandle(), 1, new String[] {id}, new NDList(copy), 0);
        return copy;
    }

    /** A server takes each parameter only once. */
    @Override
    public ParameterServer renew(ParameterServer server, Optimizer optimizer) {
        if (!(server instanceof MxParameterServer)) {
            return server;
        }
        server.close();
        return new MxParameterServer(optimizer);
    }
}
