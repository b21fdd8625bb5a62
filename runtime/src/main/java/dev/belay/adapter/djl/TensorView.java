package dev.belay.adapter.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import com.sun.jna.Native;
import dev.belay.state.Unsupported;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A tensor's own memory on PyTorch: what is written to a buffer is written to the tensor. */
final class TensorView implements TensorMemory {

    /** A buffer holds less than 2 GiB. */
    static final long BUFFER_BYTES = 1 << 30;

    private final List<NDArray> slices = new ArrayList<>();
    private final List<ByteBuffer> buffers = new ArrayList<>();

    private TensorView() {}

    static TensorView of(String name, NDArray array, long bufferBytes) {
        requireCpu(name, array);
        TensorView view = new TensorView();
        try {
            view.add(name, array, bufferBytes);
            return view;
        } catch (RuntimeException e) {
            view.close();
            throw e;
        }
    }

    static void requireCpu(String name, NDArray array) {
        if (array.getDevice().isGpu()) {
            throw new Unsupported(
                    name, "it is on " + array.getDevice() + "; train on the CPU, with optDevices(Device.cpu())");
        }
    }

    private void add(String name, NDArray array, long bufferBytes) {
        long bytes = array.size() * array.getDataType().getNumOfBytes();
        if (bytes == 0) {
            return; // a direct buffer of no bytes has no address
        }
        if (bytes <= bufferBytes) {
            buffers.add(alias(name, array));
            return;
        }
        long rows = array.getShape().get(0);
        long rowBytes = bytes / rows;
        if (rowBytes > bufferBytes) {
            throw new Unsupported(
                    name,
                    "one row of it has " + rowBytes + " bytes, more than " + bufferBytes
                            + "; give the largest dimension first");
        }
        long step = bufferBytes / rowBytes;
        for (long from = 0; from < rows; from += step) {
            NDArray slice = array.get(new NDIndex(from + ":" + Math.min(rows, from + step)));
            slices.add(slice);
            buffers.add(alias(name, slice));
        }
    }

    /** DJL silently hands out a copy where memory is not dense: a write to it would be lost. */
    static boolean isAlias(ByteBuffer buffer, NDArray array) {
        return buffer.isDirect()
                && Native.getDirectBufferPointer(buffer)
                        .equals(Native.getDirectBufferPointer(array.toByteBuffer(true)));
    }

    private static ByteBuffer alias(String name, NDArray array) {
        ByteBuffer buffer = array.toByteBuffer(true);
        if (!isAlias(buffer, array)) {
            throw new Unsupported(name, "its memory is not contiguous; keep array.duplicate() instead");
        }
        return buffer;
    }

    @Override
    public List<ByteBuffer> buffers() {
        return buffers;
    }

    @Override
    public void written() {
        // the buffers are the tensor's own memory
    }

    @Override
    public void close() {
        slices.forEach(NDArray::close);
    }

    /** Returns the type of a safetensors name. */
    static DataType type(String dtype) {
        return switch (dtype) {
            case "F64" -> DataType.FLOAT64;
            case "F32" -> DataType.FLOAT32;
            case "F16" -> DataType.FLOAT16;
            case "BF16" -> DataType.BFLOAT16;
            case "I64" -> DataType.INT64;
            case "I32" -> DataType.INT32;
            case "I16" -> DataType.INT16;
            case "I8" -> DataType.INT8;
            case "U8" -> DataType.UINT8;
            case "BOOL" -> DataType.BOOLEAN;
            default -> throw new Unsupported("type " + dtype, "DJL has none like it; resume with the old program");
        };
    }

    /** Returns the safetensors name of a type. */
    static String dtype(String name, DataType type) {
        return switch (type) {
            case FLOAT64 -> "F64";
            case FLOAT32 -> "F32";
            case FLOAT16 -> "F16";
            case BFLOAT16 -> "BF16";
            case INT64 -> "I64";
            case INT32 -> "I32";
            case INT16 -> "I16";
            case INT8 -> "I8";
            case UINT8 -> "U8";
            case BOOLEAN -> "BOOL";
            default -> throw new Unsupported(name, "tensors of type " + type + " are not known; use another type");
        };
    }
}
