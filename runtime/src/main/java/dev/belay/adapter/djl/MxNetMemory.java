package dev.belay.adapter.djl;

import ai.djl.mxnet.engine.MxNDArray;
import ai.djl.mxnet.jna.JnaUtils;
import ai.djl.ndarray.types.SparseFormat;
import com.sun.jna.Native;
import dev.belay.state.Unsupported;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** A copy of a tensor on MXNet, which does not show its memory. The copy is made when it is first asked for. */
final class MxNetMemory implements TensorMemory {

    private final MxNDArray array;
    private final int bytes;
    private ByteBuffer copy;

    MxNetMemory(String name, MxNDArray array) {
        TensorView.requireCpu(name, array);
        long size = array.size() * array.getDataType().getNumOfBytes();
        if (array.getSparseFormat() != SparseFormat.DENSE) {
            throw new Unsupported(name, "it is sparse (" + array.getSparseFormat() + "); use a dense tensor");
        } else if (size > Integer.MAX_VALUE) {
            throw new Unsupported(name, "it has " + size + " bytes; on MXNet a tensor must be smaller than 2 GiB");
        }
        this.array = array;
        this.bytes = (int) size;
    }

    @Override
    public List<ByteBuffer> buffers() {
        if (bytes == 0) {
            return List.of();
        }
        if (copy == null) {
            copy = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
            JnaUtils.syncCopyToCPU(array.getHandle(), Native.getDirectBufferPointer(copy), elements());
        }
        return List.of(copy.duplicate().order(ByteOrder.nativeOrder()));
    }

    private int elements() {
        return Math.toIntExact(array.size());
    }

    @Override
    public void written() {
        if (bytes > 0) {
            JnaUtils.syncCopyFromCPU(array.getHandle(), copy.clear(), elements());
        }
    }

    @Override
    public void close() {
        copy = null;
    }
}
