package dev.belay.adapter.djl;

import ai.djl.Model;
import ai.djl.modality.nlp.Decoder;
import ai.djl.modality.nlp.Encoder;
import ai.djl.modality.nlp.EncoderDecoder;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.AbstractBaseBlock;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.ConstantEmbedding;
import ai.djl.nn.core.Embedding;
import ai.djl.util.Pair;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What DJL's {@code Model.save} would write of a model, with a hole for each tensor: so a checkpoint can be made a
 * {@code .params} file although neither the network nor DJL is there.
 *
 * <pre>
 * why it is none, or "" UTF | name of the model UTF | { 'L' length i32, bytes | 'T' path of a tensor UTF } 'E'
 * </pre>
 */
final class BlockTemplate {

    static final String KEY = "djl/blocks/";

    private static final int MODEL_VERSION = 1;
    private static final int PARAMETER_VERSION = 1;
    /** These write their children and nothing of their own. */
    private static final Set<Class<?>> BARE = Set.of(Encoder.class, Decoder.class, EncoderDecoder.class);

    /** A block that writes itself in a way of its own. */
    private static final class OwnFormat extends Exception {
        private static final long serialVersionUID = 1L;

        OwnFormat(String reason) {
            super(reason);
        }
    }

    private final Map<Parameter, String> paths;
    private final ByteArrayOutputStream all = new ByteArrayOutputStream();
    private final ByteArrayOutputStream literal = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(all);
    private final DataOutputStream plain = new DataOutputStream(literal);

    private BlockTemplate(Map<Parameter, String> paths) {
        this.paths = paths;
    }

    /** @param paths names of the tensors of all parameters that have one, by identity */
    static byte[] of(Model model, Map<Parameter, String> paths) {
        try {
            try {
                return new BlockTemplate(paths).write(model);
            } catch (OwnFormat e) {
                return none(model, e.getMessage());
            }
        } catch (IOException e) {
            throw new AssertionError("written to memory", e);
        }
    }

    private static byte[] none(Model model, String reason) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream none = new DataOutputStream(bytes);
        none.writeUTF(reason);
        none.writeUTF(model.getName());
        none.write('E');
        return bytes.toByteArray();
    }

    private byte[] write(Model model) throws IOException, OwnFormat {
        out.writeUTF("");
        out.writeUTF(model.getName());
        plain.writeBytes("DJL@");
        plain.writeInt(MODEL_VERSION);
        plain.writeUTF(model.getName());
        plain.writeUTF(model.getDataType().name());
        writeInputs(model.getBlock());
        plain.writeInt(0); // properties: the program's own, of which a checkpoint knows nothing
        write(model.getBlock());
        endLiteral();
        out.write('E');
        return all.toByteArray();
    }

    private void writeInputs(Block block) throws IOException {
        if (!block.isInitialized()) {
            plain.writeInt(0);
            return;
        }
        plain.writeInt(block.describeInput().size());
        for (Pair<String, Shape> input : block.describeInput()) {
            plain.writeUTF(input.getKey() == null ? "" : input.getKey());
            plain.write(input.getValue().getEncoded());
        }
    }

    private void write(Block block) throws IOException, OwnFormat {
        Class<?> writer = writer(block);
        if (writer == AbstractBaseBlock.class) {
            plain.write((byte) PrivateField.get(AbstractBaseBlock.class, "version", block));
            call("saveMetadata", block);
            write(block.getDirectParameters().values());
            writeChildren(block);
        } else if (writer == Embedding.class) {
            plain.write((byte) PrivateField.get(Embedding.class, "VERSION", null));
            call("saveInputShapes", block);
            plain.writeInt(((SparseFormat) PrivateField.get(Embedding.class, "sparseFormat", block)).getValue());
            write(List.of((Parameter) PrivateField.get(Embedding.class, "embedding", block)));
        } else if (BARE.contains(writer)) {
            writeChildren(block);
        } else if (writer != ConstantEmbedding.class) {
            throw new OwnFormat("block " + block.getClass().getName() + " saves its parameters in a way of its own");
        }
    }

    private static Class<?> writer(Block block) {
        try {
            return block.getClass()
                    .getMethod("saveParameters", DataOutputStream.class)
                    .getDeclaringClass();
        } catch (NoSuchMethodException e) {
            throw new AssertionError("Block declares it", e);
        }
    }

    private void call(String method, Block block) throws OwnFormat {
        try {
            Method m = AbstractBaseBlock.class.getDeclaredMethod(method, DataOutputStream.class);
            m.setAccessible(true);
            m.invoke(block, plain);
        } catch (InvocationTargetException e) {
            throw new OwnFormat("block " + block.getClass().getName() + " cannot be saved by DJL: " + e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new OwnFormat("this version of DJL has no " + method + " of blocks");
        }
    }

    private void writeChildren(Block block) throws IOException, OwnFormat {
        for (Block child : block.getChildren().values()) {
            write(child);
        }
    }

    private void write(List<Parameter> parameters) throws IOException, OwnFormat {
        for (Parameter p : parameters) {
            if (!p.isInitialized()) {
                plain.writeChar('N');
                continue;
            }
            String path = paths.get(p);
            if (path == null) {
                throw new OwnFormat("parameter " + p.getName() + " is not among those of its model");
            }
            plain.writeChar('P');
            plain.writeByte(PARAMETER_VERSION);
            plain.writeUTF(p.getName());
            endLiteral();
            out.write('T');
            out.writeUTF(path);
        }
    }

    private void endLiteral() throws IOException {
        if (literal.size() > 0) {
            out.write('L');
            out.writeInt(literal.size());
            literal.writeTo(out);
            literal.reset();
        }
    }
}
