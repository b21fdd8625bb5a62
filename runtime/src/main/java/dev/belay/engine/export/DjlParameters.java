package dev.belay.engine.export;

import dev.belay.state.SavedState;
import dev.belay.state.TensorFile;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * DJL's {@code .params} files. What is not a tensor in them was noted at the checkpoint by the adapter, with a hole for
 * each tensor; a tensor is written as DJL's NDArray encodes itself.
 */
final class DjlParameters {

    private static final String TEMPLATE = "djl/blocks/";
    private static final String MAGIC = "NDAR";
    private static final int VERSION = 3;

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("F64", "FLOAT64"),
            Map.entry("F32", "FLOAT32"),
            Map.entry("F16", "FLOAT16"),
            Map.entry("BF16", "BFLOAT16"),
            Map.entry("I64", "INT64"),
            Map.entry("I32", "INT32"),
            Map.entry("I16", "INT16"),
            Map.entry("I8", "INT8"),
            Map.entry("U64", "UINT64"),
            Map.entry("U32", "UINT32"),
            Map.entry("U16", "UINT16"),
            Map.entry("U8", "UINT8"),
            Map.entry("BOOL", "BOOLEAN"));

    private final SavedState state;
    private final DataInputStream template;
    private final String model;

    private DjlParameters(SavedState state, byte[] bytes) throws IOException, NotExportable {
        this.state = state;
        this.template = new DataInputStream(new ByteArrayInputStream(bytes));
        String reason = template.readUTF();
        this.model = template.readUTF();
        if (!reason.isEmpty()) {
            throw new NotExportable("found that " + reason
                    + ", expected blocks of DJL's own format; export to safetensors or npz, or call model.save there");
        }
    }

    /** Returns one for each model that was trained. */
    static List<DjlParameters> of(SavedState state) throws IOException, NotExportable {
        List<DjlParameters> models = new ArrayList<>();
        for (String key : state.keys().stream().sorted().toList()) {
            if (key.startsWith(TEMPLATE) && state.value(key).orElse(null) instanceof byte[] bytes) {
                models.add(new DjlParameters(state, bytes));
            }
        }
        if (models.isEmpty()) {
            throw new NotExportable("found no DJL model in the checkpoint, expected one that this version of Belay has"
                    + " saved; export to safetensors or npz");
        }
        return models;
    }

    String model() {
        return model;
    }

    void write(OutputStream to) throws IOException, NotExportable {
        DataOutputStream out = new DataOutputStream(to);
        for (int kind = template.read(); kind != 'E'; kind = template.read()) {
            if (kind == 'L') {
                out.write(template.readNBytes(template.readInt()));
            } else {
                String name = template.readUTF();
                writeTensor(state.aliases(TensorFile.MODEL).getOrDefault(name, name), out);
            }
        }
        out.flush();
    }

    private void writeTensor(String name, DataOutputStream out) throws IOException, NotExportable {
        long[] shape = state.shape(TensorFile.MODEL, name);
        long bytes = state.bytes(TensorFile.MODEL, name);
        if (bytes > Integer.MAX_VALUE) {
            throw new NotExportable("found a tensor " + name + " of " + bytes + " bytes, expected at most "
                    + Integer.MAX_VALUE + ", as much as DJL's format can hold; export to safetensors or npz");
        }
        out.writeUTF(MAGIC);
        out.writeInt(VERSION);
        out.write(0); // it has no name
        out.writeUTF("DENSE");
        out.writeUTF(TYPES.get(state.dtype(TensorFile.MODEL, name)));
        out.writeInt(shape.length);
        for (long dimension : shape) {
            out.writeLong(dimension);
        }
        out.writeInt(shape.length);
        for (int i = 0; i < shape.length; i++) {
            out.writeChar('?'); // layouts are not known
        }
        out.write('<');
        out.writeInt((int) bytes);
        state.write(TensorFile.MODEL, name, Channels.newChannel(out));
    }
}
