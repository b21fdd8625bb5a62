package dev.belay.adapter.djl;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.training.ParameterServer;
import ai.djl.training.optimizer.Optimizer;
import dev.belay.state.Unsupported;
import java.util.Map;
import java.util.Optional;

/** What differs between DJL's engines. An engine that the program did not bring MUST NOT be linked. */
interface TensorEngine {

    static TensorEngine of(Engine engine) {
        return switch (engine.getEngineName()) {
            case "PyTorch" -> new PyTorch();
            case "MXNet" -> new MxNet();
            default ->
                throw new Unsupported(
                        "DJL engine " + engine.getEngineName(),
                        "only PyTorch and MXNet are supported; use pytorch-engine or mxnet-engine");
        };
    }

    static boolean isKnown(Engine engine) {
        return engine.getEngineName().equals("PyTorch")
                || engine.getEngineName().equals("MXNet");
    }

    /**
     * Returns what bits depend on. Thread counts are in effect, under the names of the system properties that enforce
     * them if they are set before the engine loads.
     */
    Map<String, String> fingerprint();

    /** Waits until the engine has done all that it was asked to do. */
    void settle();

    /** Refuses a network that draws from a generator which cannot be read. */
    void check(Block network);

    /** Returns the states of the random generators by their tensors' names. */
    Map<String, byte[]> generators(NDManager manager);

    void setGenerator(NDManager manager, String name, byte[] state);

    /** Returns whether each thread has generators of its own. */
    boolean drawsPerThread();

    /** Returns a tensor's elements. */
    TensorMemory memory(String name, NDArray array);

    /** Returns a parameter's gradient, to be closed; null if it has none yet. */
    NDArray gradient(NDArray parameter);

    /** Gives a parameter a gradient of zeros if it has none. */
    void makeGradient(NDArray parameter);

    /** Returns the address of the first element of a tensor that has a layout. */
    long address(NDArray array);

    /** Returns how a tensor lies in memory; empty if it has gaps, is sparse or not on the CPU. */
    Optional<Layout> layout(NDArray array);

    /** Returns whether a tensor is or may be the result of a recorded operation. */
    boolean isInner(NDArray array);

    /** Returns whether operations are being recorded for a backward pass. */
    boolean isRecording();

    /** Returns whether the program has a gradient collector open. */
    boolean isCollecting();

    /** Returns the optimizer of a parameter server of this engine's own. */
    Optimizer optimizer(ParameterServer server);

    /** Returns the server's own copy of a parameter, to be closed; null if it has none. */
    NDArray serverCopy(ParameterServer server, String id, NDArray parameter);

    /** Returns a server that takes parameters anew in place of one of this engine's own, or the same if it keeps none. */
    ParameterServer renew(ParameterServer server, Optimizer optimizer);
}
