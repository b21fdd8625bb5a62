package dev.belay.adapter.djl;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.LibUtils;
import com.sun.jna.Function;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import dev.belay.state.Unsupported;
import java.nio.ByteBuffer;
import java.util.stream.LongStream;

/**
 * Functions that libtorch exports but DJL does not call: the state of its default CPU generator, where a tensor
 * comes from, and how it lies in memory. A DJL handle is an {@code at::Tensor*}, so tensors pass both ways. JNA comes with ai.djl:api.
 */
final class Libtorch {

    private static final String DEFAULT_GENERATOR = "_ZN2at6detail22getDefaultCPUGeneratorEv";
    private static final String GET_STATE = "_ZNK2at9Generator9get_stateEv";
    private static final String SET_STATE = "_ZN2at9Generator9set_stateERKNS_6TensorE";
    private static final String IS_LEAF = "_ZNK2at10TensorBase7is_leafEv";
    private static final String STRIDE = "_ZN2at6native6strideERKNS_6TensorEl";

    private Libtorch() {}

    /** Returns whether a tensor is not the result of a recorded operation. */
    static boolean isLeaf(PtNDArray array) {
        return (function(IS_LEAF).invokeInt(new Object[] {new Pointer(array.getHandle())}) & 0xff) != 0;
    }

    /** Returns how many elements lie between two neighbours of each dimension. */
    static long[] strides(PtNDArray array) {
        Function stride = function(STRIDE);
        Pointer tensor = new Pointer(array.getHandle());
        return LongStream.range(0, array.getShape().dimension())
                .map(d -> (long) stride.invoke(Long.class, new Object[] {tensor, d}))
                .toArray();
    }

    static byte[] state(NDManager manager) {
        Pointer generator = function(DEFAULT_GENERATOR).invokePointer(new Object[0]);
        // one at::Tensor, returned through a hidden first argument; closing the array deletes it
        long tensor = Native.malloc(Long.BYTES);
        Pointer slot = new Pointer(tensor);
        slot.setLong(0, 0);
        function(GET_STATE).invokeVoid(new Object[] {slot, generator});
        try (PtNDArray state = new PtNDArray((PtNDManager) manager, tensor)) {
            return state.toByteArray();
        }
    }

    static void set(NDManager manager, byte[] state) {
        try (PtNDArray tensor =
                (PtNDArray) manager.create(ByteBuffer.wrap(state), new Shape(state.length), DataType.UINT8)) {
            Pointer generator = function(DEFAULT_GENERATOR).invokePointer(new Object[0]);
            function(SET_STATE).invokeVoid(new Object[] {generator, new Pointer(tensor.getHandle())});
        }
    }

    private static Function function(String symbol) {
        // elsewhere hidden arguments are passed in another way, and a wrong guess would crash the program
        String platform = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        if (!platform.equals("Linux amd64") && !platform.equals("Linux x86_64")) {
            throw new Unsupported(
                    "libtorch", "its functions cannot be called on " + platform + " yet; use Linux on x86-64");
        }
        try {
            // the engine has loaded this file, so this only finds it again
            return NativeLibrary.getInstance(LibUtils.getLibtorchPath() + "/" + System.mapLibraryName("torch_cpu"))
                    .getFunction(symbol);
        } catch (UnsatisfiedLinkError e) {
            throw new Unsupported(
                    "libtorch",
                    "version " + LibUtils.getVersion() + " does not export " + symbol
                            + "; use a version that DJL 0.36 brings");
        }
    }
}
