package dev.belay.adapter.djl;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.LibUtils;
import dev.belay.state.Unsupported;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What is special to the engine PyTorch. The only class with {@link TorchGenerator} that links against it. */
final class PyTorch {

    private static final String NAME = "PyTorch";

    private PyTorch() {}

    static boolean is(Engine engine) {
        return engine.getEngineName().equals(NAME);
    }

    static void require(Engine engine) {
        if (!is(engine)) {
            throw new Unsupported(
                    "DJL engine " + engine.getEngineName(), "only " + NAME + " is supported yet; use pytorch-engine");
        }
    }

    /**
     * Returns what bits depend on. The thread counts are in effect, under the names of the system properties that
     * enforce them if they are set before the engine loads.
     */
    static Map<String, String> fingerprint() {
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

    /** Returns whether a parameter has a gradient, zero or not. */
    static boolean hasGradient(NDArray parameter) {
        try (PtNDArray gradient = JniUtils.getGradient((PtNDArray) parameter)) {
            return gradient != null;
        }
    }

    static boolean isGradientZero(NDArray parameter) {
        try (PtNDArray gradient = JniUtils.getGradient((PtNDArray) parameter)) {
            if (gradient == null) {
                return true;
            }
            try (NDArray any = gradient.neq(0).any()) {
                return !any.getBoolean();
            }
        }
    }

    /**
     * Gives a parameter a gradient of zeros, as it has after its first step. It makes a difference: the first backward
     * pass adds to it, and 0 + -0 is 0, while without it the gradient would become -0.
     */
    static void zeroGradient(NDArray parameter) {
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
}
