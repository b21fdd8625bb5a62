package dev.belay.adapter.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.pytorch.engine.PtGradientCollector;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.LibUtils;
import ai.djl.training.ParameterServer;
import ai.djl.training.optimizer.Optimizer;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import dev.belay.state.Unsupported;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** What is special to the engine PyTorch. With {@link Libtorch} the only classes that link against it. */
final class PyTorch implements TensorEngine {

    private static final String GENERATOR = "torch.cpu_generator";

    @Override
    public Map<String, String> fingerprint() {
        Map<String, String> facts = new TreeMap<>();
        // the directory names version, flavour and platform
        Path library = Path.of(LibUtils.getLibtorchPath()).getFileName();
        facts.put("djl.pytorch.library", String.valueOf(library));
        facts.put("threads.ai.djl.pytorch.num_threads", String.valueOf(JniUtils.getNumThreads()));
        facts.put("threads.ai.djl.pytorch.num_interop_threads", String.valueOf(JniUtils.getNumInteropThreads()));
        for (String variable : new String[] {"OMP_NUM_THREADS", "MKL_NUM_THREADS"}) {
            facts.put(
                    "env." + variable,
                    Optional.ofNullable(System.getenv(variable)).orElse(""));
        }
        return facts;
    }

    @Override
    public void settle() {
        // operations on a CPU are done when their calls return
    }

    @Override
    public void check(Block network) {
        // all draw from the one generator
    }

    @Override
    public Map<String, byte[]> generators(NDManager manager) {
        return Map.of(GENERATOR, Libtorch.state(manager));
    }

    @Override
    public void setGenerator(NDManager manager, String name, byte[] state) {
        Libtorch.set(manager, state);
    }

    @Override
    public TensorMemory memory(String name, NDArray array) {
        return TensorView.of(name, array, TensorView.BUFFER_BYTES);
    }

    @Override
    public NDArray gradient(NDArray parameter) {
        return JniUtils.getGradient((PtNDArray) parameter);
    }

    /**
     * A gradient of zeros, as after the first step, differs from none: the first backward pass adds to it, and 0 + -0
     * is 0, while without it the gradient would become -0.
     */
    @Override
    public void makeGradient(NDArray parameter) {
        boolean mode = JniUtils.isGradMode();
        JniUtils.setGradMode(true);
        try (NDArray product = parameter.mul(0f);
                NDArray sum = product.sum();
                NDArray one = sum.getManager().ones(sum.getShape(), sum.getDataType())) {
            JniUtils.backward((PtNDArray) sum, (PtNDArray) one, false, false);
            JniUtils.zeroGrad((PtNDArray) parameter);
        } finally {
            JniUtils.setGradMode(mode);
        }
    }

    @Override
    public boolean drawsPerThread() {
        return false;
    }

    @Override
    public Optional<Layout> layout(NDArray array) {
        return order(array).map(o -> array.size() == 0 ? o : o.at(address(o, array)));
    }

    private static Optional<Layout> order(NDArray array) {
        return array.getDevice().isGpu()
                ? Optional.empty()
                : Layout.of(array.getShape().getShape(), Libtorch.strides((PtNDArray) array));
    }

    @Override
    public long address(NDArray array) {
        return address(order(array).orElse(Layout.ROW_MAJOR), array);
    }

    private long address(Layout order, NDArray array) {
        try (Layout.Dense dense = order.dense(array);
                TensorMemory memory = memory("a tensor", dense.array())) {
            return Pointer.nativeValue(
                    Native.getDirectBufferPointer(memory.buffers().get(0)));
        }
    }

    @Override
    public boolean isInner(NDArray array) {
        return !Libtorch.isLeaf((PtNDArray) array);
    }

    @Override
    public boolean isRecording() {
        return JniUtils.isGradMode();
    }

    /** PyTorch's own mode is one per thread, and on but in the thread that loaded it. */
    @Override
    public boolean isCollecting() {
        return ((AtomicBoolean) PrivateField.get(PtGradientCollector.class, "isCollecting", null)).get();
    }

    @Override
    public Optimizer optimizer(ParameterServer server) {
        throw new Unsupported(
                "parameter server " + server.getClass().getName(), "only DJL's own for one machine is known; use it");
    }

    @Override
    public NDArray serverCopy(ParameterServer server, String id, NDArray parameter) {
        return null;
    }

    @Override
    public ParameterServer renew(ParameterServer server, Optimizer optimizer) {
        return server;
    }
}
